"""A CRM with names in mixed case and an enum of its own words."""

MAPPING = """
[leads]
table = "Sales.Prospects"

[leads.columns]
id = "Uid"
created_at = "Opened"
contacted_at = "Called"
source = "Channel"
disposition = "State"
assigned_agent_id = "Owner"

[dispositions]
converted = ["gewonnen"]

[sources]
messe = "Messe"
"""
TABLES = """
create schema "Sales";
create type "Sales"."Stage" as enum ('Neu', 'Gewonnen');
create table "Sales"."Prospects" (
    "Uid" bigint primary key,
    "Opened" timestamptz not null,
    "Called" timestamptz,
    "Channel" text,
    "State" "Sales"."Stage",
    "Owner" text
);
"""
