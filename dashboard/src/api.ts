/** The bodies of the API by short names; `schema.d.ts` is made from the OpenAPI document. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Meta = Schemas["Meta"];
export type Kpis = Schemas["Kpis"];
export type Trend = Schemas["Trend"];
export type Funnel = Schemas["Funnel"];
export type LeadSources = Schemas["LeadSources"];
export type RevenueTrends = Schemas["RevenueTrends"];
export type Ranking = Schemas["Ranking"];
export type ResponseTimes = Schemas["ResponseTimes"];
export type Window = Kpis["dateRange"];
export type Period = RevenueTrends["period"];
