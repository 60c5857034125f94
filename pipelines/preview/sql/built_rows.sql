-- The rows that a publish would write, with the types and constraints of the served table.
create temporary table built (like {served} including constraints) on commit drop;
insert into built ({columns}) select {found} from {rows} as found
