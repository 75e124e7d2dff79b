import type { ColumnEvidence, SchemaEvidence } from '../evidence.ts';
import { stats, table } from './schema-fixture.ts';

/** Schemas of the kind that everybody has met, as a database shows them after renaming. */

const view = (name: string, sql: string) => {
  return { name, stored: { schema: 'public', name }, materialized: false, sql };
};

/** A shop for music: other names in the database, a table of pairs, one that points to itself. */
export const musicSchema: SchemaEvidence = {
  tables: [
    table('artist', 275, ['artist_id integer!', 'name character varying(120)'], {
      stored: { schema: 'public', name: 'Artist' },
      primary: ['artist_id'],
    }),
    table(
      'album',
      347,
      ['album_id integer!', 'title character varying(160)!', 'artist_id integer!'],
      {
        primary: ['album_id'],
        foreign: ['artist_id -> artist(artist_id)'],
      },
    ),
    table('genre', 25, ['genre_id integer!', 'name character varying(120)'], {
      primary: ['genre_id'],
    }),
    table('media_type', 5, ['media_type_id integer!', 'name character varying(120)'], {
      primary: ['media_type_id'],
    }),
    table(
      'track',
      3503,
      [
        'track_id integer!',
        'name character varying(200)!',
        'album_id integer',
        'media_type_id integer!',
        'genre_id integer',
        'composer character varying(220)',
        'milliseconds integer!',
        'bytes integer',
        'unit_price numeric(10,2)!',
      ],
      {
        primary: ['track_id'],
        foreign: [
          'album_id -> album(album_id)',
          'genre_id -> genre(genre_id)',
          'media_type_id -> media_type(media_type_id)',
        ],
      },
    ),
    table(
      'employee',
      8,
      [
        'employee_id integer!',
        'last_name text!',
        'reports_to integer',
        'birth_date timestamp without time zone',
      ],
      {
        primary: ['employee_id'],
        foreign: ['reports_to -> employee(employee_id)'],
      },
    ),
    table(
      'customer',
      59,
      [
        'customer_id integer!',
        'first_name text!',
        'email text!',
        'support_rep_id integer',
        'country character varying(40)',
      ],
      {
        primary: ['customer_id'],
        unique: [['email']],
        foreign: ['support_rep_id -> employee(employee_id)'],
      },
    ),
    table(
      'invoice',
      412,
      [
        'invoice_id integer!',
        'customer_id integer!',
        'invoice_date timestamp without time zone!',
        'total numeric(10,2)!',
      ],
      {
        primary: ['invoice_id'],
        foreign: ['customer_id -> customer(customer_id)'],
      },
    ),
    table(
      'invoice_line',
      2240,
      [
        'invoice_line_id integer!',
        'invoice_id integer!',
        'track_id integer!',
        'unit_price numeric(10,2)!',
        'quantity integer!',
      ],
      {
        primary: ['invoice_line_id'],
        foreign: ['invoice_id -> invoice(invoice_id)', 'track_id -> track(track_id)'],
      },
    ),
    table('playlist', 18, ['playlist_id integer!', 'name character varying(120)'], {
      primary: ['playlist_id'],
    }),
    table('playlist_track', 8715, ['playlist_id integer!', 'track_id integer!'], {
      primary: ['playlist_id', 'track_id'],
      foreign: ['playlist_id -> playlist(playlist_id)', 'track_id -> track(track_id)'],
    }),
  ],
  views: [
    view(
      'sold',
      'select i.customer_id, sum(l.quantity) as n from invoice i ' +
        'join invoice_line l using (invoice_id) group by 1',
    ),
  ],
};

const rating: Partial<ColumnEvidence> = {
  typeKind: 'enum',
  enumLabels: ['G', 'PG', 'PG-13', 'R', 'NC-17'],
  stats: stats({
    mostCommon: [
      { value: 'G', fraction: 0.6 },
      { value: 'PG-13', fraction: 0.3 },
    ],
  }),
};

/** A shop for films: a circle of two tables, partitions, an enum, a domain, arrays. */
export const rentalSchema: SchemaEvidence = {
  tables: [
    table('country', 109, ['country_id integer!', 'country text!'], { primary: ['country_id'] }),
    table('city', 600, ['city_id integer!', 'city text!', 'country_id integer!'], {
      primary: ['city_id'],
      foreign: ['country_id -> country(country_id)'],
    }),
    table(
      'address',
      603,
      ['address_id integer!', 'address text!', 'city_id integer!', 'phone text'],
      {
        primary: ['address_id'],
        foreign: ['city_id -> city(city_id)'],
      },
    ),
    table('store', 2, ['store_id integer!', 'manager_staff_id integer!', 'address_id integer!'], {
      primary: ['store_id'],
      unique: [['manager_staff_id']],
      foreign: ['manager_staff_id -> staff(staff_id)', 'address_id -> address(address_id)'],
    }),
    table(
      'staff',
      2,
      [
        'staff_id integer!',
        'first_name text!',
        'store_id integer!',
        'picture bytea',
        'active boolean!',
      ],
      {
        primary: ['staff_id'],
        foreign: ['store_id -> store(store_id)'],
      },
    ),
    table('language', 6, ['language_id integer!', 'name character(20)!'], {
      primary: ['language_id'],
    }),
    table(
      'film',
      1000,
      [
        'film_id integer!',
        'title text!',
        ['release_year year', { typeKind: 'domain', base: 'integer' }],
        'language_id integer!',
        'original_language_id integer',
        ['rating mpaa_rating', rating],
        'rental_rate numeric(4,2)!',
        'special_features text[]',
        [
          'fulltext tsvector!',
          { generated: { sql: "to_tsvector('english', title)", stored: true } },
        ],
      ],
      {
        primary: ['film_id'],
        foreign: [
          'language_id -> language(language_id)',
          'original_language_id -> language(language_id)',
        ],
      },
    ),
    table('actor', 200, ['actor_id integer!', 'first_name text!'], { primary: ['actor_id'] }),
    table(
      'film_actor',
      5462,
      ['actor_id integer!', 'film_id integer!', 'last_update timestamp with time zone!'],
      {
        primary: ['actor_id', 'film_id'],
        foreign: ['actor_id -> actor(actor_id)', 'film_id -> film(film_id)'],
      },
    ),
    table('inventory', 4581, ['inventory_id integer!', 'film_id integer!', 'store_id integer!'], {
      primary: ['inventory_id'],
      foreign: ['film_id -> film(film_id)', 'store_id -> store(store_id)'],
    }),
    table(
      'customer',
      599,
      [
        'customer_id integer!',
        'store_id integer!',
        'address_id integer!',
        'email text',
        ['activebool boolean!', { default: 'true' }],
        ['create_date date!', { default: "('now'::text)::date" }],
      ],
      {
        primary: ['customer_id'],
        foreign: ['store_id -> store(store_id)', 'address_id -> address(address_id)'],
      },
    ),
    table(
      'rental',
      16_044,
      [
        'rental_id integer!',
        'rental_period tstzrange!',
        'inventory_id integer!',
        'customer_id integer!',
        'staff_id integer!',
      ],
      {
        primary: ['rental_id'],
        foreign: [
          'inventory_id -> inventory(inventory_id)',
          'customer_id -> customer(customer_id)',
          'staff_id -> staff(staff_id)',
        ],
        exclusions: [{ name: 'no_overlap', definition: 'EXCLUDE USING gist (...)' }],
      },
    ),
    table(
      'payment',
      16_049,
      [
        'payment_id integer!',
        'customer_id integer!',
        'staff_id integer!',
        'rental_id integer!',
        'amount numeric(5,2)!',
        'payment_date timestamp with time zone!',
      ],
      {
        kind: 'partitioned',
        partitions: { count: 7, by: 'RANGE (payment_date)' },
        primary: ['payment_date', 'payment_id'],
        foreign: [
          'customer_id -> customer(customer_id)',
          'staff_id -> staff(staff_id)',
          'rental_id -> rental(rental_id)',
        ],
      },
    ),
  ],
  views: [
    view(
      'customer_list',
      'select c.customer_id as id, a.phone, ci.city from customer c ' +
        'join address a using (address_id) join city ci using (city_id)',
    ),
    view('broken', 'select nothing_known from nowhere'),
  ],
};
