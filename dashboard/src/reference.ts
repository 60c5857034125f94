/** Interactive API reference (Swagger UI) from the API's own OpenAPI document. */
import show from "swagger-ui-dist/swagger-ui-es-bundle.js";
import "swagger-ui-dist/swagger-ui.css";

show({
  dom_id: "#reference",
  url: new URL("openapi.json", document.baseURI).href,
  deepLinking: true,
  // Tokens stay in this tab, and the document is not sent to an external validator.
  persistAuthorization: false,
  validatorUrl: null,
});
