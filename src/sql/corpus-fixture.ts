// Statements with what becomes of them by the key `tenant`; `corpus.pg.test.ts` runs each of them.
import type { FateCode } from '../scenario/layout-types.ts';
import { type CorpusStatement, fated } from './corpus-statement-fixture.ts';
import { corpusRefused } from './corpus-refused-fixture.ts';

const single = (...sqls: string[]): CorpusStatement[] =>
  sqls.map((sql) => ({ sql, fate: 'single' }));

const merged = (code: FateCode, ...sqls: string[]): CorpusStatement[] =>
  sqls.map((sql) => ({ sql, fate: 'scatter', code, merged: true }));

const unbound = fated('scatter', 'key-not-bound');

const singleReads = single(
  'select * from orders where tenant_id = :orders.tenant_id and id = :orders.id',
  'select id from orders where :orders.tenant_id = tenant_id order by total desc, id limit 3',
  'select status, count(*) from orders where tenant_id = :orders.tenant_id group by status',
  'select * from orders where (tenant_id, id) = (:orders.tenant_id, :orders.id)',
  'select * from only public.orders as o where o.tenant_id = :orders.tenant_id',
  'select * from orders where tenant_id in (:orders.tenant_id)',
  'select * from orders where tenant_id = any(array[:orders.tenant_id::int8])',
  'select * from orders where tenant_id = any(array[:orders.tenant_id]::int8[])',
  'select * from orders where tenant_id is not distinct from :orders.tenant_id',
  'select * from orders where not (tenant_id <> :orders.tenant_id or total < 40)',
  'select * from orders where (tenant_id = :orders.tenant_id) is true or false',
  `select * from orders where (tenant_id, id) = (select tenant_id, id from orders
     where tenant_id = :orders.tenant_id order by id limit 1)`,
  'select * from orders where tenant_id = :orders.tenant_id::int8 and total > 5',
  'select * from orders where tenant_id::int8 = :orders.tenant_id::bigint',
  "select * from orders where tenant_id = '3'",
  'select * from orders where tenant_id = 3 and (id = :orders.id or total < 40)',
  `select * from orders where (tenant_id = :orders.tenant_id and id = :orders.id)
     or (tenant_id = :orders.tenant_id and total > 50)`,
  // Joins
  `select * from orders o join lines l on l.tenant_id = o.tenant_id and l.order_id = o.id
   where o.tenant_id = :orders.tenant_id and o.id = :orders.id`,
  `select count(*) from orders, lines where lines.tenant_id = orders.tenant_id
     and orders.tenant_id = :orders.tenant_id and order_id = orders.id`,
  `select o.id, number from orders o join lines l using (tenant_id)
   where tenant_id = :orders.tenant_id and l.order_id = o.id`,
  `select u.email, o.id
   from users u natural join (select tenant_id, user_id as id, total from orders) o
   where u.tenant_id = :users.tenant_id`,
  `select o.id, l.number from orders o left join lines l on l.tenant_id = :orders.tenant_id
     and l.order_id = o.id where o.tenant_id = :orders.tenant_id`,
  `select o.id, l.number from orders o left join lines l on l.tenant_id = o.tenant_id
     and l.order_id = o.id where l.tenant_id = :orders.tenant_id`,
  `select o.id, l.number from lines l right join orders o on l.tenant_id = o.tenant_id
     and l.order_id = o.id where o.tenant_id = :orders.tenant_id`,
  `select o.id, l.number from orders o full join lines l
     on l.tenant_id = o.tenant_id and l.order_id = o.id
   where o.tenant_id = :orders.tenant_id and l.tenant_id = :lines.tenant_id`,
  `select p.title, l.quantity from products p left join lines l on l.product_id = p.id
     and l.tenant_id = :lines.tenant_id`,
  `select one.id, two.id from orders one join orders two
     on one.tenant_id = two.tenant_id and one.user_id = two.user_id and one.id < two.id
   where two.tenant_id = :orders.tenant_id`,
  `select o.id from orders o join users u on u.tenant_id = o.tenant_id and u.id = o.user_id
   where o.tenant_id = :orders.tenant_id and u.tenant_id = :users.tenant_id`,
  // Sub-selects
  `select * from orders o where tenant_id = :orders.tenant_id
     and exists (select from lines l where l.tenant_id = o.tenant_id and l.order_id = o.id)`,
  `select * from orders o where exists (select from lines l
     where l.tenant_id = o.tenant_id and l.order_id = o.id and l.tenant_id = :lines.tenant_id)`,
  `select * from orders where tenant_id = :orders.tenant_id and total >
     (select avg(total) from orders where tenant_id = :orders.tenant_id)`,
  `select id, (select count(*) from lines l where l.tenant_id = o.tenant_id and order_id = o.id)
   from orders o where tenant_id = :orders.tenant_id`,
  `select * from users where tenant_id = :users.tenant_id and id not in
     (select user_id from orders where tenant_id = :users.tenant_id)`,
  `select * from orders where tenant_id in (select id from tenants where id = :orders.tenant_id)`,
  `select * from orders where tenant_id = (select :orders.tenant_id::int8)`,
  `select * from orders where (tenant_id, id) in (select tenant_id, order_id from lines
     where tenant_id = :lines.tenant_id and quantity > 3)`,
  // CTEs, LATERAL, set operations, windows, views
  `with mine as (select * from orders where tenant_id = :orders.tenant_id)
   select m.id, (select max(total) from mine) from mine m`,
  `with given (k) as (select :orders.tenant_id::int8)
   select id from orders join given on tenant_id = k`,
  'select id from orders join (values (:orders.tenant_id::int8)) as given (k) on tenant_id = k',
  `with recursive below as (
     select tenant_id, id from nodes where tenant_id = :nodes.tenant_id and parent_id = 0
     union all
     select n.tenant_id, n.id from nodes n join below b
       on n.tenant_id = b.tenant_id and n.parent_id = b.id)
   select * from below`,
  `select u.id, last.id from users u, lateral (select id from orders o
     where o.tenant_id = u.tenant_id and o.user_id = u.id order by id desc limit 1) as last
   where u.tenant_id = :users.tenant_id`,
  `select id from orders where tenant_id = :orders.tenant_id
   union all select order_id from lines where tenant_id = :orders.tenant_id`,
  `select *
   from (select tenant_id, id from orders union select tenant_id, id from users) as either_of
   where tenant_id = :orders.tenant_id`,
  `select * from (select o.id, l.tenant_id from orders o
     left join lines l on l.tenant_id = o.tenant_id and l.order_id = o.id
     union all select id, tenant_id from users) as either_of where tenant_id = :orders.tenant_id`,
  `select id from users where tenant_id = :users.tenant_id
   except select user_id from orders where tenant_id = :users.tenant_id`,
  `select id, rank() over (partition by user_id order by total, id)
   from orders where tenant_id = :orders.tenant_id`,
  'select * from new_orders where tenant_id = :orders.tenant_id',
  'select * from large_orders where tenant_id = :orders.tenant_id and total < 80',
  'select * from sold where tenant_id = :lines.tenant_id and pieces > 1',
  `select * from (select tenant_id, count(*) as n from orders group by tenant_id) as counted
   where tenant_id = :orders.tenant_id`,
  // Names
  `select "Wert", "select" from "Größe" as "ä b" where "ä b".tenant_id = :orders.tenant_id`,
  'select U&"W\\0065rt" from "Größe" where TENANT_ID = :orders.tenant_id',
  // Other placements
  'select * from settings where name = :settings.name',
  'select s.value, p.title from settings s cross join products p where p.id = :products.id',
  'select * from audit where id = :audit.id',
  'select * from orders where tenant_id = :orders.tenant_id for update',
);

const singleWrites = single(
  `insert into orders (tenant_id, user_id, id, total, status) values (:new.orders.tenant_id,
     :new.orders.user_id, :new.orders.id, :amount, 'new') returning id, total`,
  `insert into lines (tenant_id, order_id, number, product_id, quantity)
   select tenant_id, id, 900, :products.id, 1 from orders
   where tenant_id = :orders.tenant_id and id = :orders.id`,
  `insert into lines values (:orders.tenant_id, :orders.id, 901, :products.id, 1),
     (:orders.tenant_id, :orders.id, 902, :products.id, 2)`,
  'update orders set total = total + 1 where tenant_id = :orders.tenant_id and id = :orders.id',
  `update orders set tenant_id = :orders.tenant_id, total = 0
   where tenant_id = :orders.tenant_id and id = :orders.id`,
  `update orders o set total = l.quantity from lines l where l.tenant_id = o.tenant_id
     and l.order_id = o.id and l.number = 1 and o.tenant_id = :orders.tenant_id returning o.id`,
  'delete from orders where tenant_id = :orders.tenant_id and id = :orders.id',
  `delete from lines l using orders o where o.tenant_id = l.tenant_id and o.id = l.order_id
     and o.tenant_id = :orders.tenant_id and o.total < 50`,
  `insert into users (tenant_id, id, email) values (:users.tenant_id, :users.id, 'x')
   on conflict (tenant_id, id) do update set region = excluded.email returning *`,
  `merge into orders o using (values (:orders.tenant_id::int8, :orders.id::int8)) as v (t, i)
     on o.tenant_id = v.t and o.id = v.i
   when matched then update set total = 7
   when not matched then insert (tenant_id, user_id, id) values (v.t, 1, v.i)`,
  `with gone as (delete from lines where tenant_id = :orders.tenant_id and order_id = :orders.id
     returning tenant_id, quantity)
   update orders o set total = total - (select coalesce(sum(quantity), 0) from gone)
   where o.tenant_id = :orders.tenant_id and o.id = :orders.id`,
  'update settings set value = value + 1 where name = :settings.name',
  "insert into audit (id, note) values (:new.audit.id, 'new')",
);

const severals: CorpusStatement[] = [
  ...fated('multi', 'several-keys')(
    'select * from orders where tenant_id in (1, 2, 4)',
    'select * from orders where tenant_id = :orders.tenant_id or tenant_id = :other.tenant_id',
    `select * from orders where (tenant_id, id) in ((:orders.tenant_id, :orders.id),
       (:other.tenant_id, :other.id))`,
    `select o.id, number from orders o join lines l on l.tenant_id = o.tenant_id
       and l.order_id = o.id where o.tenant_id = :orders.tenant_id or l.tenant_id = 5`,
    `select id from orders where tenant_id = :orders.tenant_id
     union all select id from orders where tenant_id = 5`,
    'update orders set total = 1 where tenant_id in (:orders.tenant_id, :other.tenant_id)',
  ),
  ...fated('multi', 'key-in-list')(
    'select * from tenants where id = any(:any.id_list)',
    `select t.name, o.id from tenants t join orders o on o.tenant_id = t.id
     where t.id = any(:any.id_list::int8[])`.replace('::int8[]', ''),
  ),
  ...fated('multi', 'key-in-range')(
    'select * from orders where tenant_id between :any.id_from and :any.id_to',
    'delete from lines where tenant_id >= :any.id_from and tenant_id <= :any.id_to',
  ),
];

const references: CorpusStatement[] = [
  { sql: 'select * from products where id = :products.id', fate: 'reference' },
  { sql: 'select 1 as one, :amount::int4 as amount', fate: 'reference' },
  {
    sql: 'select p.title from products p where p.price > (select avg(price) from products)',
    fate: 'reference',
  },
  { sql: 'select n from generate_series(1, 3) as n', fate: 'reference' },
  { sql: 'values (1), (2)', fate: 'reference' },
  ...fated('scatter', 'reference-write')(
    'update products set price = price + 1 where id = :products.id',
    "insert into products values (9001, 'new', 5)",
  ),
];

const scattered: CorpusStatement[] = [
  ...unbound(
    'select * from orders where id = :orders.id',
    'select * from orders where tenant_id <> :orders.tenant_id',
    'select * from orders where tenant_id = :orders.tenant_id or total > 50',
    'select * from orders where not (tenant_id = :orders.tenant_id)',
    'select * from orders where tenant_id::text = :orders.tenant_id::text',
    'select * from orders where tenant_id = :orders.tenant_id + 0',
    'select * from orders where tenant_id > :orders.tenant_id',
    'select * from orders where tenant_id = :orders.tenant_id or :amount::int4 is null',
    'select o.id from orders o join products p on p.id = o.tenant_id',
    // The ON of an outer join says nothing of the rows that it keeps.
    `select o.id, l.number from orders o left join lines l on l.tenant_id = o.tenant_id
       and l.order_id = o.id and o.tenant_id = :orders.tenant_id`,
    `select o.id, l.number from orders o full join lines l
       on l.tenant_id = o.tenant_id and l.order_id = o.id and o.total > 50`,
    'select l.number, p.title from lines l left join products p on p.id = l.product_id',
    `select u.id from users u where not exists (select from orders o
       where o.tenant_id = u.tenant_id and o.user_id = u.id)`,
    `select id, (select sum(quantity) from lines l
       where l.tenant_id = o.tenant_id and l.order_id = o.id) from orders o`,
    `select u.id, last.id from users u cross join lateral (select id from orders o
       where o.tenant_id = u.tenant_id and o.user_id = u.id order by id limit 1) as last`,
    'select tenant_id, id from orders union all select tenant_id, id from users',
    'select tenant_id, id from users intersect select tenant_id, user_id from orders',
    'select tenant_id, max(total) over (partition by tenant_id) from orders',
    'select * from sold where pieces > 2',
    'select distinct tenant_id, status from orders',
    `with recursive below as (select tenant_id, id from nodes where parent_id = 0
       union all select n.tenant_id, n.id from nodes n
       join below b on n.tenant_id = b.tenant_id and n.parent_id = b.id) select * from below`,
    `select l.number from lines l where l.product_id in (select id from products where price > 40)`,
    // An arm may give NULL, so that its outer join stays one.
    `select o.id, l.tenant_id from orders o left join lines l on l.tenant_id = o.tenant_id
       and l.order_id = o.id and o.tenant_id = :orders.tenant_id
     union all select id, tenant_id from orders where tenant_id = :orders.tenant_id`,
    // One group of no rows is a row.
    `select id from orders o where exists (select from users u
       where u.tenant_id = o.tenant_id and o.tenant_id = :orders.tenant_id having true)`,
    `select id from orders o where exists (select 1 from users u
       where u.tenant_id = o.tenant_id and o.tenant_id = :orders.tenant_id order by count(*))`,
    `select o.id, n from orders o join lateral (select count(*) as n from lines l
       where l.tenant_id = o.tenant_id and o.tenant_id = :orders.tenant_id) as counted on true`,
    `select o.id, u.email from orders o full join (select * from users where tenant_id in (1, 2)) u
       on u.tenant_id = o.tenant_id and u.id = o.user_id`,
    'update orders set total = 0 where id = :orders.id',
    `insert into lines select tenant_id, id, 950, 1, 1 from orders where total > 50`,
    'delete from lines where quantity > 5',
    `update lines l set quantity = p.price from products p where p.id = l.product_id`,
  ),
  ...merged(
    'key-not-bound',
    'select count(*), sum(total) from orders',
    'select * from orders order by total desc limit 5',
    'select status, count(*) from orders group by status',
  ),
  ...merged(
    'undecided',
    'select id, rank() over (order by total) from orders',
    'select avg(n) from (select user_id, count(*) as n from orders group by user_id) as counted',
    'select * from newest',
    'select status from orders group by status having count(*) > 3',
    'select * from orders order by id offset 5',
  ),
];

export const corpus: readonly CorpusStatement[] = [
  ...singleReads,
  ...singleWrites,
  ...severals,
  ...references,
  ...scattered,
  ...corpusRefused,
];
