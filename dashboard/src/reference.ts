/** The API's routes to read and to try, from the document that the API itself serves. */
import show from "swagger-ui-dist/swagger-ui-es-bundle.js";
import "swagger-ui-dist/swagger-ui.css";

show({
  dom_id: "#reference",
  url: new URL("openapi.json", document.baseURI).href,
  deepLinking: true,
  // What is typed in stays in this tab, and nobody else is asked whether the document is right.
  persistAuthorization: false,
  validatorUrl: null,
});
