-- What a publish would write: of the types of the served table, and refused by them alike.
create temporary table built (like {served} including constraints) on commit drop;
insert into built ({columns}) select {found} from {rows} as found
