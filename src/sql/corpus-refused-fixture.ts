// What shards cannot run by the key `tenant`, and why.
import { type CorpusStatement, fated } from './corpus-statement-fixture.ts';

const apart = fated('notRunnable', 'join-not-co-located');

export const corpusRefused: readonly CorpusStatement[] = [
  ...apart(
    'select o.id from orders o join lines l on l.order_id = o.id',
    `select o.id from orders o, lines l
     where o.tenant_id = :orders.tenant_id and l.order_id = o.id`,
    `select o.id, l.number from orders o left join lines l on l.order_id = o.id
     where o.tenant_id = :orders.tenant_id`,
    'select one.id from orders one join orders two on one.total = two.total',
    'select * from orders where total > (select avg(total) from orders)',
    `select * from orders where tenant_id = :orders.tenant_id
       and total > (select avg(total) from orders)`,
    'select p.title from products p where exists (select from lines l where l.product_id = p.id)',
    'select p.title, l.number from products p left join lines l on l.product_id = p.id',
    `select o.id from orders o where o.tenant_id = :orders.tenant_id
       and o.id in (select order_id from lines)`,
    'select id from users intersect select user_id from orders',
    'select id from products union all select id from orders',
    'select id from products except select product_id from lines',
    'select o.id from orders o join users u on u.tenant_id > o.tenant_id',
    `select o.id from orders o join lines l on l.tenant_id = o.tenant_id or l.order_id = o.id`,
    `select o.id from orders o join follows f on f.to_tenant = o.tenant_id`,
    'select a.note from audit a join orders o on o.id = a.id',
    `insert into orders (tenant_id, user_id, id) values (:new.orders.tenant_id, 1, 55)
     returning (select count(*) from orders)`,
    'update products set price = (select count(*) from lines l where l.product_id = products.id)',
    `with recursive below as (select tenant_id, id from nodes where tenant_id = :nodes.tenant_id
       union select n.tenant_id, n.id from nodes n join below b on n.parent_id = b.id)
     select * from below`,
  ),
  ...fated(
    'notRunnable',
    'undecided',
  )(
    `select u.id from users u join (select tenant_id, id from orders limit 3) o
       on o.tenant_id = u.tenant_id`,
  ),
  {
    sql: `select o.id, l.number from orders o join lines l
          on l.tenant_id = o.tenant_id::text::int8 and l.order_id = o.id`,
    fate: 'notRunnable',
    code: 'join-not-co-located',
    careful: true,
  },
  ...fated(
    'notRunnable',
    'home-and-sharded',
  )('select o.id from orders o join settings s on s.value = o.total'),
  ...fated('notRunnable', 'insert-without-key')(
    'insert into follows (id) values (:amount)',
    'insert into orders (tenant_id, user_id, id) values (:orders.tenant_id + 0, 1, 1)',
    'insert into orders (tenant_id, user_id, id) select id, id, 1 from products',
    'insert into orders (tenant_id, user_id, id) select user_id, user_id, id from orders',
  ),
  ...fated(
    'notRunnable',
    'several-keys',
  )(
    `insert into lines values (:orders.tenant_id, :orders.id, 903, 1, 1),
       (:other.tenant_id, :other.id, 904, 1, 1)`,
  ),
  ...fated('notRunnable', 'key-changed')(
    'update orders set tenant_id = :other.tenant_id where tenant_id = :orders.tenant_id',
    'update orders set (tenant_id, total) = (select 1, 2) where tenant_id = :orders.tenant_id',
  ),
  ...fated('notRunnable', 'conflict-on-lost-unique')(
    `insert into users (tenant_id, id, email) values (:users.tenant_id, 77, :users.email)
     on conflict (email) do nothing`,
    `insert into users (tenant_id, id, email) values (:users.tenant_id, 77, :users.email)
     on conflict do nothing`,
  ),
  ...fated(
    'notRunnable',
    'cascade-over-lost-key',
  )('delete from users where tenant_id = :users.tenant_id and id = 4'),
];
