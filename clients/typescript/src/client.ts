/** Client of all API routes, typed by the OpenAPI document; adds the current token to requests. */
import createClient, { type Client } from "openapi-fetch";
import type { paths } from "./schema.js";

export interface Options {
  /** Base URL of the API, without a slash at the end. */
  baseUrl: string;
  /** Called before every request, so that a renewed token is used immediately. */
  token: () => string | Promise<string>;
}

export type AnalyticsClient = Client<paths, "application/json">;

export function createAnalyticsClient({ baseUrl, token }: Options): AnalyticsClient {
  const client = createClient<paths, "application/json">({ baseUrl, credentials: "omit" });
  client.use({
    async onRequest({ request }) {
      request.headers.set("Authorization", `Bearer ${await token()}`);
      return request;
    },
  });
  return client;
}
