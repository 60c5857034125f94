insert into state.source_watermarks (table_name, watermark, data_through, read_at)
values (%(table)s, %(watermark)s, %(data_through)s, now())
on conflict (table_name) do update set
    watermark = coalesce(excluded.watermark, source_watermarks.watermark),
    data_through = greatest(excluded.data_through, source_watermarks.data_through),
    read_at = excluded.read_at
