/**
 * Traders: keys of letters, pairs, a table that points to itself, json, empty tables, a
 * schema of its own.
 */
export const tradersSql = `
create schema trade;
set search_path = trade;
create table categories (category_id smallint primary key, category_name varchar(15) not null,
  picture bytea);
create table suppliers (supplier_id smallint primary key, company_name varchar(40) not null,
  homepage text);
create table products (product_id smallint primary key, product_name varchar(40) not null,
  supplier_id smallint references suppliers, category_id smallint references categories,
  unit_price real, attributes jsonb, discontinued int not null default 0);
create table region (region_id smallint primary key, region_description varchar(60) not null);
create table territories (territory_id varchar(20) primary key, region_id smallint not null
  references region);
create table employees (employee_id smallint primary key, last_name varchar(20) not null,
  reports_to smallint references employees, address inet, salary money);
create table employee_territories (employee_id smallint references employees,
  territory_id varchar(20) references territories, primary key (employee_id, territory_id));
create table shippers (shipper_id smallint primary key, company_name varchar(40) not null, phone
  varchar(24));
create table customers (customer_id char(5) primary key, company_name varchar(40) not null, tags
  text[],
  since date, unique (company_name));
create table customer_demographics (customer_type_id char(5) primary key, customer_desc text);
create table customer_customer_demo (customer_id char(5) references customers,
  customer_type_id char(5) references customer_demographics, primary key (customer_id,
  customer_type_id));
create table orders (order_id int primary key, customer_id char(5) references customers on delete
  cascade,
  employee_id smallint references employees, order_date date, ship_via smallint references
  shippers, freight real,
  "ship name" varchar(40));
create table order_details (order_id int references orders on delete cascade, product_id smallint
  references products,
  unit_price real not null, quantity smallint not null, discount real not null default 0,
  primary key (order_id, product_id));
create view order_sums as select order_id, sum(unit_price * quantity) as total from order_details
  group by order_id;

insert into categories select n, 'category ' || n from generate_series(1, 8) n;
insert into suppliers select n, 'supplier ' || n from generate_series(1, 29) n;
insert into products select n, 'product ' || n, 1 + n % 29, 1 + n % 8, n,
  jsonb_build_object('weight', n)
  from generate_series(1, 77) n;
insert into region select n, 'region ' || n from generate_series(1, 4) n;
insert into territories select lpad(n::text, 5, '0'), 1 + n % 4 from generate_series(1, 53) n;
insert into employees select n, 'name ' || n, nullif(n / 3, 0), '10.0.0.1', 100 from
  generate_series(1, 9) n;
insert into employee_territories select 1 + n % 9, lpad((1 + n % 53)::text, 5, '0') from
  generate_series(1, 60) n;
insert into shippers select n, 'shipper ' || n, '555' from generate_series(1, 6) n;
insert into customers select 'C' || lpad(n::text, 4, '0'), 'company ' || n, array['a', 'b'],
  '2020-01-01'
  from generate_series(1, 91) n;
insert into orders select n, 'C' || lpad((1 + (n * n) % 91)::text, 4, '0'), 1 + n % 9,
  '2025-01-01'::date + n / 3, 1 + n % 6, n % 100, 'ship ' || n from generate_series(1, 1500) n;
insert into order_details select 1 + n % 1500, 1 + (n * 7) % 77, 1 + n % 50, 1 + n % 9
  from generate_series(1, 4000) n on conflict do nothing;
`;

/** As an object-relational mapper sends them; values by $1. */
export const tradersWork: readonly (readonly [string, (n: number) => readonly unknown[]])[] = [
  [`select * from trade.customers where customer_id = $1`, (n) => [customerOf(n)]],
  [
    `select o.order_id, d.quantity from trade.orders o join trade.order_details d on d.order_id =
  o.order_id
      where o.customer_id = $1`,
    (n) => [customerOf(n)],
  ],
  [
    `insert into trade.orders (order_id, customer_id, employee_id, order_date, freight) values
  ($1, $2, $3, $4, $5)`,
    (n) => [10_000 + n, customerOf(n), 1 + (n % 9), '2026-03-04', 1.5],
  ],
  [
    `update trade.order_details set quantity = quantity + $1 where order_id = $2 and product_id =
  $3`,
    (n) => [1, 1 + (n % 1500), 1 + (n % 77)],
  ],
  [
    `select category_id, count(*) from trade.products where attributes ->> 'weight' is not null
  group by 1`,
    () => [],
  ],
  [
    `select order_date, sum(freight) from trade.orders group by order_date order by 1 desc limit
  7`,
    () => [],
  ],
];

const customerOf = (n: number): string => `C${String(1 + (n % 91)).padStart(4, '0')}`;
