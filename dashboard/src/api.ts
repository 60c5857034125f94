/** Short names for the API's types; `schema.d.ts` is generated from the OpenAPI document. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Activity = Schemas["Activity"];
export type Activities = Schemas["Activities"];
export type Meta = Schemas["Meta"];
export type Kpis = Schemas["Kpis"];
export type Trend = Schemas["Trend"];
export type Funnel = Schemas["Funnel"];
export type LeadSource = Schemas["LeadSource"];
export type LeadSources = Schemas["LeadSources"];
export type RevenueTrends = Schemas["RevenueTrends"];
export type Ranking = Schemas["Ranking"];
export type ResponseTimes = Schemas["ResponseTimes"];
export type Goal = Schemas["Goal"];
export type Goals = Schemas["Goals"];
export type GoalsRequest = Schemas["GoalsRequest"];
export type Insight = Schemas["Insight"];
export type Insights = Schemas["Insights"];
export type LeadRecord = Schemas["Record"];
export type Metrics = Schemas["Metrics"];
export type Records = Schemas["Records"];
/** As answers write it. */
export type DateRange = Kpis["dateRange"];
export type Compare = "previous" | "year";
export type Bucket = RevenueTrends["period"];
