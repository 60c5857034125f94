export { createAnalyticsClient, type AnalyticsClient, type Options } from "./client.js";
export { follow, StreamRefusedError, type FollowOptions, type StreamEvent } from "./follow.js";
export type { components, operations, paths } from "./schema.js";
