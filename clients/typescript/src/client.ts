/** Every route of the API, typed by its OpenAPI document; each request carries the token of now. */
import createClient, { type Client } from "openapi-fetch";
import type { paths } from "./schema.js";

export interface Options {
  /** Where the API is, without a slash at the end. */
  baseUrl: string;
  /** Asked before every request, so that a renewed token is used at once. */
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
