/**
 * A shop for films: partitions, an enum, a domain, arrays, ranges with an exclusion, a text to
 * search, two tables that point to each other, a materialized view, triggers.
 */
export const rentalSql = `
create type rating as enum ('G', 'PG', 'PG-13', 'R', 'NC-17');
create domain year as int check (value between 1901 and 2155);
create table country (country_id serial primary key, country text not null,
  last_update timestamptz not null default now());
create table city (city_id serial primary key, city text not null, country_id int not null
  references country,
  last_update timestamptz not null default now());
create table address (address_id serial primary key, address text not null, city_id int not null
  references city,
  phone text, place point, last_update timestamptz not null default now());
create table language (language_id serial primary key, name char(20) not null);
create table store (store_id serial primary key, manager_staff_id int not null unique, address_id
  int not null references address);
create table staff (staff_id serial primary key, first_name text not null, store_id int not null
  references store,
  active boolean not null default true, picture bytea);
create table film (film_id serial primary key, title text not null, release_year year,
  language_id int not null references language, original_language_id int references language,
  rental_rate numeric(4,2) not null default 4.99, rating rating default 'G', special_features
  text[],
  fulltext tsvector generated always as (to_tsvector('english', title)) stored, length int4range);
create table actor (actor_id serial primary key, first_name text not null, last_name text not
  null);
create table film_actor (actor_id int references actor, film_id int references film,
  last_update timestamptz not null default now(), primary key (actor_id, film_id));
create table inventory (inventory_id serial primary key, film_id int not null references film,
  store_id int not null references store);
create table customer (customer_id serial primary key, store_id int not null references store,
  address_id int not null references address, email text, activebool boolean not null default
  true,
  create_date date not null default current_date, prefs jsonb not null default '{}');
create table rental (rental_id serial primary key, period tstzrange not null,
  inventory_id int not null references inventory, customer_id int not null references customer,
  staff_id int not null references staff, exclude using gist (period with &&) where (rental_id <
  0));
create table payment (payment_id bigint generated always as identity, customer_id int not null
  references customer,
  rental_id int not null references rental, amount numeric(5,2) not null, payment_date
  timestamptz not null,
  primary key (payment_date, payment_id)) partition by range (payment_date);
create table payment_1 partition of payment for values from ('2026-01-01') to ('2026-02-01');
create table payment_2 partition of payment for values from ('2026-02-01') to ('2026-03-01');
create table payment_rest partition of payment default;
create function touched() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger touch before update on film_actor for each row execute function touched();
create index on rental (customer_id);
create index on film using gin (fulltext);
create view customer_list as select c.customer_id as id, a.phone, ci.city from customer c
  join address a using (address_id) join city ci using (city_id);
create materialized view rentals_by_store as
  select i.store_id, count(*) from rental join inventory i using (inventory_id) group by 1;

insert into country (country) select 'country ' || n from generate_series(1, 50) n;
insert into city (city, country_id) select 'city ' || n, 1 + n % 50 from generate_series(1, 300)
  n;
insert into address (address, city_id, phone, place) select n || ' street', 1 + n % 300, '555' ||
  n, point(n, n)
  from generate_series(1, 600) n;
insert into language (name) select 'language ' || n from generate_series(1, 6) n;
insert into store (manager_staff_id, address_id) values (1, 1), (2, 2);
insert into staff (first_name, store_id) values ('Mike', 1), ('Jon', 2);
alter table store add foreign key (manager_staff_id) references staff;
insert into film (title, release_year, language_id, rating, special_features, length)
  select 'film ' || n, 1990 + n % 30, 1 + n % 6, (enum_range(null::rating))[1 + n % 5],
    array['Trailers', 'Comments'], int4range(60, 61 + n % 90) from generate_series(1, 500) n;
insert into actor (first_name, last_name) select 'first ' || n, 'last ' || n from
  generate_series(1, 100) n;
insert into film_actor (actor_id, film_id) select 1 + n % 100, 1 + n % 500 from
  generate_series(1, 3000) n on conflict do nothing;
insert into inventory (film_id, store_id) select 1 + n % 500, 1 + n % 2 from generate_series(1,
  2000) n;
insert into customer (store_id, address_id, email) select 1 + n % 2, 1 + n % 600, 'c' || n ||
  '@example.com'
  from generate_series(1, 300) n;
insert into rental (period, inventory_id, customer_id, staff_id)
  select tstzrange('2026-01-01'::timestamptz + n * interval '1 hour', '2026-01-03'::timestamptz +
  n * interval '1 hour'),
    1 + n % 2000, 1 + (n * n) % 300, 1 + n % 2 from generate_series(1, 4000) n;
insert into payment (customer_id, rental_id, amount, payment_date)
  select customer_id, rental_id, 2.99, lower(period) from rental;
refresh materialized view rentals_by_store;
`;

/** As an object-relational mapper sends them; values by $1. */
export const rentalWork: readonly (readonly [string, (n: number) => readonly unknown[]])[] = [
  [
    `select "customer".* from "customer" where "customer"."customer_id" = $1`,
    (n) => [1 + (n % 300)],
  ],
  [
    `select r.rental_id, f.title from rental r join inventory i on i.inventory_id = r.inventory_id
      join film f on f.film_id = i.film_id where r.customer_id = $1 order by lower(r.period) desc
  limit 10`,
    (n) => [1 + (n % 300)],
  ],
  [
    `insert into payment (customer_id, rental_id, amount, payment_date) values ($1, $2, $3, $4)`,
    (n) => [1 + (n % 300), 1 + (n % 4000), 5, '2026-02-03T00:00:00Z'],
  ],
  [
    `insert into rental (period, inventory_id, customer_id, staff_id)
      values (tstzrange(now(), now() + $1 * interval '1 day'), $2, $3, $4)`,
    (n) => [3, 1 + (n % 2000), 1 + (n % 300), 1],
  ],
  [
    `update customer set activebool = $1 where customer_id = $2`,
    (n) => [n % 2 === 0, 1 + (n % 300)],
  ],
  [`select film_id from film where fulltext @@ to_tsquery('english', $1) limit 5`, () => ['film']],
  [`select sum(amount) from payment where payment_date >= $1`, () => ['2026-01-15']],
];
