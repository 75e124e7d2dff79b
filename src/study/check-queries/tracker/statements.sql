-- Statements on the tables of tracker.yaml, each below what becomes of it: ok, or the objection.
-- Those that are taken to ask more shards than a person sees they do are not among them.

-- ok
select * from issues i where i.account_id = $1 and i.id = any($2);

-- ok
select * from issues join projects using (account_id) where account_id = $1 and projects.id =
  project_id;

-- ok
select * from issues natural join (select account_id, id as project_id from projects) p where
  account_id = $1;

-- ok
select p.title, (select count(*) from issues i where i.account_id = p.account_id and
  i.project_id = p.id) from projects p where p.account_id = $1;

-- ok
select p.title, (select count(*) from issues i where i.account_id = $1 and i.project_id = p.id)
  from projects p where p.account_id = $1;

-- ok
select * from (select account_id, count(*) n from issues group by account_id) x where account_id
  = $1;

-- ok
select * from (select *, row_number() over (partition by account_id order by created_at desc) r
  from issues) x where account_id = $1 and r <= 5;

-- ok
with recursive up as (select account_id, id, manager_id from users where account_id = $1 and id
  = $2 union all select u.account_id, u.id, u.manager_id from users u join up on u.id =
  up.manager_id and u.account_id = up.account_id) select * from up;

-- ok
with recursive up as (select id, manager_id from users where account_id = $1 and id = $2 union
  all select u.id, u.manager_id from users u join up on u.id = up.manager_id where u.account_id
  = $1) select * from up;

-- ok
select title from issues where account_id = $1 union all select title from projects where
  account_id = $1;

-- ok
select title from issues where account_id = $1 union select title from projects where account_id
  = $1 order by 1 limit 3;

-- ok
select i.title from issues i left join users u on u.account_id = i.account_id and u.id =
  i.assignee_id left join labels l on l.id = i.label_id where i.account_id = $1;

-- ok
select i.title from users u right join issues i on u.account_id = i.account_id and u.id =
  i.assignee_id where i.account_id = $1;

-- ok
select distinct on (project_id) * from issues where account_id = $1 order by project_id,
  created_at desc;

-- ok
select * from issues where account_id = $1 for update skip locked limit 1;

-- ok
select * from issues where $1 = account_id;

-- ok
select * from issues where account_id = 5::bigint;

-- ok
select * from issues where account_id = '5';

-- ok
select * from issues where account_id = '5'::int8;

-- ok
select * from issues where account_id = cast($1 as integer);

-- ok
select * from issues where account_id = (select id from accounts where id = $1);

-- ok
select * from issues where account_id in (select id from accounts where id = $1);

-- ok
select * from issues where account_id in (values ($1::bigint));

-- ok
select * from issues i join (values ($1::bigint)) v(a) on v.a = i.account_id;

-- ok
select * from issues i, (select $1::bigint as a) v where v.a = i.account_id;

-- ok
with v as (select $1::bigint as a) select * from issues i join v on v.a = i.account_id;

-- ok
with v(a) as (values ($1::bigint)) select * from issues i join v on v.a = i.account_id;

-- ok
select * from issues where row(account_id, id) = row($1, $2);

-- ok
select * from issues where (account_id, id) in (($1, $2));

-- ok
select * from issues where (account_id, id) in (($1, $2), ($1, $3));

-- ok
select * from issues where account_id = $1 and (id, project_id) > ($2, $3) order by id limit 10;

-- ok
select * from issues where account_id = $1 and status in ('a','b') or account_id = $1 and status
  is null;

-- ok
select * from issues where (account_id = $1 and status = 'a') or (account_id = $1 and status =
  'b');

-- ok
select * from issues where account_id = $1 and account_id = $1;

-- ok
select * from issues where account_id is not distinct from $1;

-- ok
select case when exists (select 1 from users where account_id = $1 and email = $2) then 1 else 0
  end;

-- ok
select exists (select 1 from users where account_id = $1 and email = $2);

-- ok
select 1 from users where account_id = $1 and not exists (select 1 from issues where
  issues.account_id = users.account_id and assignee_id = users.id);

-- ok
select * from users u where u.account_id = $1 and u.id not in (select assignee_id from issues
  where account_id = $1);

-- ok
select u.* from users u left join issues i on i.account_id = u.account_id and i.assignee_id =
  u.id where u.account_id = $1 and i.id is null;

-- ok
select * from issues i where i.account_id = $1 and i.created_at = (select max(j.created_at) from
  issues j where j.account_id = i.account_id);

-- ok
select * from issues tablesample system (10) where account_id = $1;

-- ok
select u.id, x.n from users u, lateral (select count(*) n from issues i where i.account_id =
  u.account_id and i.assignee_id = u.id) x where u.account_id = $1;

-- ok
select jsonb_agg(to_jsonb(c) order by c.id) from comments c where c.account_id = $1;

-- ok
select array(select id from comments where account_id = $1);

-- ok
select * from labels;

-- ok
select l.name, count(i.id) from labels l left join issues i on i.label_id = l.id and
  i.account_id = $1 group by l.name;

-- ok
insert into users (account_id, id, email) values ($1, $2, $3) on conflict (account_id, email) do
  update set email = excluded.email returning id;

-- ok
insert into users (account_id, id, email) values ($1, $2, $3), ($1, $4, $5);

-- ok
insert into users (account_id, id, email) select $1, unnest($2::bigint[]), unnest($3::text[]);

-- ok
insert into users (account_id, id, email) select $1, x.id, x.email from jsonb_to_recordset($2)
  as x(id bigint, email text);

-- ok
insert into comments (account_id, issue_id, id, body) select account_id, id, $3, $4 from issues
  where account_id = $1 and id = $2;

-- ok
insert into users values ($1, $2, $3, null);

-- ok
with new as (insert into issues (account_id, project_id, id, title) values ($1, $2, $3, $4)
  returning account_id, id) insert into comments (account_id, issue_id, id, body) select
  account_id, id, $5, $6 from new;

-- ok
with gone as (delete from comments where account_id = $1 and issue_id = $2 returning *) select
  count(*) from gone;

-- ok
update issues set status = 'x' from projects p where p.account_id = issues.account_id and p.id =
  issues.project_id and p.account_id = $1;

-- ok
update issues set assignee_id = (select id from users u where u.account_id = issues.account_id
  and email = $2) where account_id = $1;

-- ok
update issues set title = $3 where (account_id, id) = (select account_id, id from issues where
  account_id = $1 and title = $2 limit 1);

-- ok
update issues set title = $2 where ctid = (select ctid from issues where account_id = $1 limit
  1) and account_id = $1;

-- ok
delete from issues where account_id = $1 and id = $2;

-- ok
delete from issues i using projects p where p.account_id = $1 and p.title = $2 and i.account_id
  = $1 and i.project_id = p.id;

-- ok
merge into users u using (values ($1::bigint, $2::bigint, $3::text)) v(a, i, e) on u.account_id
  = v.a and u.id = v.i when matched then update set email = v.e when not matched then insert
  (account_id, id, email) values (v.a, v.i, v.e);

-- ok
merge into users using (select $1::bigint a, $2::bigint i, $3::text e) v on account_id = a and
  id = i when matched then update set email = e when not matched then insert (account_id, id,
  email) values (a, i, e);

-- ok
explain (analyze) select * from issues where account_id = 3;

-- ok
select count(*) filter (where status = 'open') from issues where account_id = $1;

-- ok
select * from issues where account_id = $1 fetch first 5 rows only;

-- ok
select * from issues where account_id = $1 and title ilike '%' || $2 || '%';

-- ok
select * from public.issues where public.issues.account_id = $1;

-- ok
select "i"."title" from "issues" as "i" where "i"."account_id" = $1;

-- ok
select * from issues where account_id = $1::text::bigint;

-- ok
select * from issues where account_id = -5;

-- ok
table labels;

-- ok
select now();

-- ok
select 1 from pg_class;

-- ok
select * from generate_series(1, 10);

-- ok
insert into issues (account_id, id) select $1, g from generate_series(1, 10) g;

-- ok
select * from issues i join comments c on (c.account_id, c.issue_id) = (i.account_id, i.id)
  where i.account_id = $1;

-- ok
select * from issues i join comments c on c.account_id = i.account_id and c.issue_id = i.id join
  users u on u.account_id = c.account_id and u.id = c.author_id where u.account_id = $1;

-- ok
select * from (select account_id, title from issues union all select account_id, title from
  projects) x where account_id = $1;

-- ok
select * from (select account_id as a, title from issues) x where x.a = $1;

-- ok
select account_id, grouping(project_id) from issues where account_id = $1 group by rollup
  (account_id, project_id);

-- ok
select count(*) from issues where account_id = $1 and account_id = $2;

-- ok
select * from issues where (account_id = $1) is true;

-- ok
select * from issues where exists (select 1 from projects p where p.account_id =
  issues.account_id and p.account_id = $1);

-- ok
select * from issues where account_id in (select account_id from users where account_id = $1);

-- ok
select * from issues where account_id = some($1::bigint[]) and account_id = $2;

-- ok
select * from issues i left join lateral (select 1 from projects p where p.account_id =
  i.account_id and p.id = i.project_id) x on true where i.account_id = $1;

-- ok
select account_id, id from issues where account_id = $1 except select account_id, issue_id from
  comments where account_id = $1;

-- ok
select id from issues where account_id = $1 intersect select issue_id from comments where
  account_id = $1;

-- ok
with x as (select * from issues where account_id = $1) select * from projects p join x on
  x.project_id = p.id and p.account_id = x.account_id;

-- ok
with x as not materialized (select * from issues) select * from x where account_id = $1;

-- ok
select * from users a join users b on a.manager_id = b.id and a.account_id = b.account_id where
  b.account_id = $1;

-- ok
select * from users a left join users b on a.manager_id = b.id and a.account_id = b.account_id
  where a.account_id = $1;

-- ok
select * from users a left join users b on a.manager_id = b.id and a.account_id = b.account_id
  where b.account_id = $1;

-- ok
select * from issues where (account_id = $1 and true) or false;

-- ok
select * from issues where account_id operator(pg_catalog.=) $1;

-- ok
select * from issues where not (account_id <> $1 or id = 3);

-- ok
select * from issues where account_id = 9999999999;

-- ok
select * from issues i where exists (select 1 where $1 = i.account_id);

-- ok
select * from issues i where account_id = $1 and project_id in (select id from projects p where
  p.account_id = i.account_id order by id limit 3);

-- ok
select i.id from issues i join projects p using (account_id) where p.account_id = $1;

-- ok
update issues i set status = v.b from (values ($1::bigint, $2::text)) v(a, b) where i.account_id
  = v.a;

-- ok
update issues set account_id = account_id where account_id = $1;

-- ok
delete from issues i using labels l where l.id = i.label_id and i.account_id = $1;

-- ok
insert into issues (account_id, id) select account_id, id from projects where account_id = $1
  union all select $1, $3;

-- ok
insert into issues (account_id, id) values ($1::int, 2);

-- ok
insert into users (account_id, id, email) values ($1,$2,$3) on conflict do nothing;

-- ok
insert into users (account_id, id, email) values ($1,$2,$3) on conflict on constraint users_pkey
  do nothing;

-- scatter
select * from issues where id = $1;

-- scatter
select * from issues;

-- scatter
select * from issues where account_id > $1;

-- scatter
select * from issues where account_id = id;

-- scatter
select * from issues where account_id = $1 or status = 'x';

-- scatter
select * from issues where not (account_id = $1);

-- scatter
select * from issues where not (account_id <> $1 and id = 2);

-- scatter
select * from issues where account_id is null;

-- scatter
select * from issues where account_id is distinct from $1;

-- scatter
select * from issues where (account_id = $1) is not true;

-- scatter
select * from issues where (account_id = $1) is null;

-- scatter
select * from issues where case when $2 then account_id = $1 else true end;

-- scatter
select * from issues where account_id = case when $2 then $1 else project_id end;

-- scatter
select * from issues where abs(account_id) = $1;

-- scatter
select * from issues where account_id % 4 = $1;

-- scatter
select * from issues where account_id::text like $1;

-- scatter
select * from issues where account_id = $1 + id;

-- scatter
select i.*, (account_id = $1) from issues i;

-- scatter
select * from issues order by (account_id = $1);

-- scatter
select count(*) filter (where account_id = $1) from issues;

-- scatter
select * from issues having bool_or(account_id = $1);

-- scatter
select * from issues i left join projects p on p.account_id = i.account_id and p.id =
  i.project_id and i.account_id = $1;

-- scatter
select * from issues i left join projects p on p.account_id = i.account_id and p.account_id = $1;

-- scatter
select * from issues i full join projects p on p.account_id = i.account_id and p.account_id = $1;

-- scatter
select title from issues where account_id = $1 union all select title from issues;

-- scatter
with i as (select * from issues) select count(*) from i;

-- scatter
update issues set status = 'x' where id = $1;

-- scatter
update issues set status = 'x' where account_id = $1 or true;

-- scatter
insert into comments (account_id, issue_id, id) select account_id, id, id from issues;

-- scatter
with a as (delete from comments where id = $1) select * from issues where account_id = $2;

-- scatter
update labels set name = 'x' where id = 1;

-- scatter
insert into labels (id, name) values (1, 'x');

-- scatter
select * from issues where account_id <> all($1);

-- scatter
select * from issues where account_id = all($1);

-- scatter
select * from issues where account_id not in ($1);

-- scatter
select * from issues where account_id = random()::int;

-- scatter
select * from issues for update;

-- scatter
select * from issues i join (values ($1::bigint), ($2::bigint)) v(a) on v.a = i.account_id;

-- scatter
select account_id, count(*) from issues group by account_id having account_id > 3;

-- scatter
select * from projects p left join issues i on i.account_id is not distinct from p.account_id
  and p.account_id is not distinct from $1;

-- scatter
select * from issues where not exists (select 1 from projects p where p.account_id =
  issues.account_id and p.account_id = $1);

-- scatter
select * from (select * from issues order by id limit 10) x where account_id = $1;

-- scatter
select * from (select *, row_number() over (order by created_at) r from issues) x where
  account_id = $1;

-- scatter
select * from (select distinct on (project_id) * from issues order by project_id, id) x where
  account_id = $1;

-- scatter
select * from (select max(account_id) a, project_id from issues group by project_id) x where a =
  $1;

-- scatter
select * from issues i left join lateral (select 1 from projects p where p.account_id =
  i.account_id and p.account_id = $1) x on true;

-- scatter
select * from (select account_id from issues except select account_id from issues where
  account_id = $2) x;

-- scatter
select * from users u where u.account_id = $1 or exists (select 1 from issues i where
  i.account_id = u.account_id and i.account_id = $1);

-- scatter
with x as (select * from issues where account_id = $1) select * from issues;

-- scatter
select * from users a left join users b on a.manager_id = b.id and a.account_id = b.account_id
  where b.account_id = $1 or b.id is null;

-- scatter
select * from users a left join users b on a.account_id = b.account_id where
  coalesce(b.account_id, $1) = $1;

-- scatter
select * from issues where account_id = $1 and true or false or id = 2;

-- scatter
select * from issues where account_id between symmetric $1 and $2;

-- scatter
select * from issues where account_id not between $1 and $2;

-- scatter
select * from issues where account_id operator(pg_catalog.<>) $1;

-- scatter
select * from issues where account_id @> $1;

-- scatter
select * from issues where (account_id, id) < ($1, $2);

-- scatter
select * from issues where (account_id, id) <> ($1, $2);

-- scatter
select * from issues where (account_id, id) is distinct from ($1, $2);

-- scatter
select * from issues where not ((account_id, id) = ($1, $2));

-- scatter
select * from issues where not (account_id <> $1 and true);

-- scatter
select * from issues where not (account_id <> all ($1));

-- scatter
select * from issues where not (not (account_id <> $1));

-- scatter
select * from issues where account_id = $1 is not false;

-- scatter
select * from issues where nullif(account_id, $1) is null;

-- scatter
select * from issues where account_id = $1::numeric;

-- scatter
select * from issues where account_id::numeric = $1;

-- scatter
select * from issues where account_id = 5.5;

-- scatter
select * from issues where account_id = 5.0;

-- scatter
select * from issues where account_id = title;

-- scatter
select * from issues i where exists (select $1 = i.account_id);

-- scatter
select * from issues i where exists (select 1 where $1 = i.account_id) or true;

-- scatter
select * from issues i where exists (select count(*) from users u where u.account_id = $1 and
  u.account_id = i.account_id);

-- scatter
select * from issues i where (select count(*) from users u where u.account_id = $1 and
  u.account_id = i.account_id) >= 0;

-- scatter
select * from issues i where account_id in (select $1::bigint union select $2);

-- scatter
select * from issues i where account_id = any(select $1::bigint union all select id from labels);

-- scatter
select i.id from issues i join projects p using (account_id) where p.id = $1;

-- scatter
select i.id from issues i full join projects p on i.account_id = p.account_id where i.account_id
  = $1 or p.title = 'x';

-- scatter
update issues set status = 'x' from (values ($1, $2)) v(a, b) where issues.id = v.a;

-- scatter
delete from issues where account_id = $1 or account_id is null;

-- scatter
delete from issues;

-- scatter
delete from issues i using labels l where l.id = i.label_id;

-- scatter
merge into users u using issues i on u.account_id = i.account_id and u.id = i.assignee_id when
  matched then update set email = $1;

-- scatter
select * from only issues;

-- scatter
declare c cursor for select * from issues;

-- scatter
copy (select * from issues) to stdout;

-- scatter
select string_agg(title, ',') from issues;

-- cross-shard
select title from issues where account_id = $1 union all select title from issues where
  account_id = $2;

-- cross-shard
select * from issues where account_id in ($1, $2);

-- cross-shard
select * from issues where account_id = any($1);

-- cross-shard
select * from issues where account_id = $1 or account_id = $2;

-- cross-shard
select * from issues where (account_id, id) in (($1, $2), ($3, $4));

-- cross-shard
select * from issues where account_id between 1 and 5;

-- not-runnable
select * from labels l left join issues i on i.label_id = l.id;

-- not-runnable
select l.name, i.id from labels l left join issues i on i.label_id = l.id;

-- not-runnable
select * from issues i, projects p where i.account_id = $1 and p.id = i.project_id;

-- not-runnable
select * from issues i join users u on u.id = i.assignee_id;

-- not-runnable
select * from issues i join users u on u.id = i.assignee_id where i.account_id = $1 and
  u.account_id = $2;

-- not-runnable
select title from issues where account_id = $1 and id in (select issue_id from comments where
  author_id = $2);

-- not-runnable
select title from issues where account_id = $1 and exists (select 1 from comments c where
  c.issue_id = issues.id);

-- not-runnable
select title from issues where account_id = $1 and not exists (select 1 from comments c where
  c.issue_id = issues.id);

-- not-runnable
select * from issues where account_id = $1 and created_at = (select max(created_at) from issues);

-- not-runnable
insert into users (id, email) values ($1, $2);

-- not-runnable
insert into users (account_id, id, email) values ($1, $2, $3), ($4, $5, $6);

-- not-runnable
insert into users (account_id, id, email) values (nextval('s'), $2, $3);

-- not-runnable
insert into users (account_id, id, email) values (default, $2, $3);

-- not-runnable
insert into users (account_id, id, email) values ((select max(id) from accounts), $2, $3);

-- not-runnable
insert into users (account_id, id, email) values ($1, $2, $3) on conflict (email) do nothing;

-- not-runnable
insert into users (account_id, id, email) select project_id, id, title from issues where
  account_id = $1;

-- not-runnable
insert into users (account_id, id, email) select x.a, x.id, x.email from jsonb_to_recordset($1)
  as x(a bigint, id bigint, email text);

-- not-runnable
with new as (insert into issues (account_id, id, title) values ($1, $3, $4) returning id) insert
  into comments (account_id, issue_id, id, body) select $2, id, $5, $6 from new;

-- not-runnable
with a as (update issues set status = 'x' where account_id = $1 returning id) delete from
  comments where account_id = $2 and issue_id in (select id from a);

-- not-runnable
insert into labels (id, name) select id, title from issues where account_id = $1;

-- not-runnable
update issues set status = 'x' from projects p where p.id = issues.project_id and p.account_id =
  $1;

-- not-runnable
delete from issues using projects where projects.account_id = $1;

-- not-runnable
merge into users u using (values ($1::bigint, $2::bigint, $3::text)) v(a, i, e) on u.id = v.i
  when matched then update set email = v.e when not matched then insert (account_id, id, email)
  values (v.a, v.i, v.e);

-- not-runnable
select * from issues where account_id = any(array(select id from accounts));

-- not-runnable
with recursive up as (select id, manager_id from users where account_id = $1 union all select
  u.id, u.manager_id from users u join up on u.id = up.manager_id) select * from up;

-- not-runnable
select (select count(*) from issues where account_id = $1), (select count(*) from issues where
  account_id = $2);

-- not-runnable
select * from users u where account_id = $1 and id = (select author_id from comments where
  account_id = $2 limit 1);

-- not-runnable
select * from issues i where (account_id, id) <> (select account_id, id from projects where
  account_id = $1 limit 1);

-- not-runnable
select id from issues where account_id = $1 except select issue_id from comments where
  account_id = $2;

-- not-runnable
select id from issues where account_id = $1 intersect select issue_id from comments;

-- not-runnable
with x as (select * from issues where account_id = $1) select * from projects p join x on
  x.project_id = p.id;

-- not-runnable
select * from users a join users b on a.manager_id = b.id where a.account_id = $1;

-- not-runnable
select * from issues i where account_id = (select max(account_id) from users where account_id =
  $1) or id = 3;

-- not-runnable
select * from issues i where account_id in (select account_id from users where account_id = $1
  union select $2);

-- not-runnable
select * from issues i where account_id = $1 and project_id in (select id from projects order by
  id limit 3);

-- not-runnable
select count(*) from issues, projects;

-- not-runnable
select count(*) from issues cross join projects where issues.account_id = $1;

-- not-runnable
select i.id from issues i join projects p using (id) where p.account_id = $1;

-- not-runnable
delete from issues where account_id = $1 and id in (select issue_id from comments);

-- not-runnable
insert into issues (account_id, id) select account_id, id from projects where account_id = $1
  union all select $2, $3;

-- not-runnable
insert into issues (account_id, id) select account_id + 1, id from projects where account_id =
  $1;

-- not-runnable
insert into issues (account_id, id) values ($1::numeric, 2);

-- not-runnable
insert into issues (account_id, id) values (case when $2 then $1 else 3 end, 2);

-- not-runnable
insert into issues default values;

-- not-runnable
merge into users using issues on users.account_id = issues.account_id and users.id =
  issues.assignee_id when matched then update set email = $1 when not matched then insert
  (account_id, id) values ($2, 3);

-- not-runnable
merge into users u using issues i on u.id = i.assignee_id and i.account_id = $1 when matched
  then delete;

-- key-update
update issues set account_id = $2 where account_id = $1 and id = $3;

-- key-update
update issues set (title, account_id) = ($1, $2) where account_id = $3;

-- key-update
insert into users (account_id, id, email) values ($1, $2, $3) on conflict (account_id, email) do
  update set account_id = $4;

-- key-update
update issues set account_id = id where account_id = $1;

-- key-update
update issues set account_id = default where account_id = $1;
