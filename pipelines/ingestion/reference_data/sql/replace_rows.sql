delete from {stored}
where ({key}) in (select {key} from {changed});

insert into {stored}
select * from {incoming}
where ({key}) in (select {key} from {changed})  -- noqa: references.qualification
