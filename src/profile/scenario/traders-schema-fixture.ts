import type { SchemaEvidence } from '../evidence.ts';
import { table } from './schema-fixture.ts';

/** Traders: keys of few letters, a table of pairs, a table that points to itself, json. */
export const tradersSchema: SchemaEvidence = {
  tables: [
    table(
      'categories',
      8,
      ['category_id smallint!', 'category_name character varying(15)!', 'picture bytea'],
      { primary: ['category_id'] },
    ),
    table('suppliers', 29, ['supplier_id smallint!', 'company_name character varying(40)!'], {
      primary: ['supplier_id'],
    }),
    table(
      'products',
      77,
      [
        'product_id smallint!',
        'product_name character varying(40)!',
        'supplier_id smallint',
        'category_id smallint',
        'unit_price real',
        'attributes jsonb',
      ],
      {
        primary: ['product_id'],
        foreign: [
          'supplier_id -> suppliers(supplier_id)',
          'category_id -> categories(category_id)',
        ],
      },
    ),
    table('region', 4, ['region_id smallint!', 'region_description character varying(60)!'], {
      primary: ['region_id'],
    }),
    table('territories', 53, ['territory_id character varying(20)!', 'region_id smallint!'], {
      primary: ['territory_id'],
      foreign: ['region_id -> region(region_id)'],
    }),
    table(
      'employees',
      9,
      [
        'employee_id smallint!',
        'last_name character varying(20)!',
        'reports_to smallint',
        'photo_path inet',
      ],
      {
        primary: ['employee_id'],
        foreign: ['reports_to -> employees(employee_id)'],
      },
    ),
    table(
      'employee_territories',
      49,
      ['employee_id smallint!', 'territory_id character varying(20)!'],
      {
        primary: ['employee_id', 'territory_id'],
        foreign: [
          'employee_id -> employees(employee_id)',
          'territory_id -> territories(territory_id)',
        ],
      },
    ),
    table('shippers', 6, ['shipper_id smallint!', 'phone character varying(24)'], {
      primary: ['shipper_id'],
    }),
    table(
      'customers',
      91,
      [
        'customer_id character(5)!',
        'company_name character varying(40)!',
        'tags text[]',
        'since date',
      ],
      { primary: ['customer_id'] },
    ),
    table('customer_demographics', 0, ['customer_type_id character(5)!', 'customer_desc text'], {
      primary: ['customer_type_id'],
    }),
    table(
      'customer_customer_demo',
      0,
      ['customer_id character(5)!', 'customer_type_id character(5)!'],
      {
        primary: ['customer_id', 'customer_type_id'],
        foreign: [
          'customer_id -> customers(customer_id)',
          'customer_type_id -> customer_demographics(customer_type_id)',
        ],
      },
    ),
    table(
      'orders',
      830,
      [
        'order_id smallint!',
        'customer_id character(5)!',
        'employee_id smallint',
        'order_date date',
        'ship_via smallint',
        'freight real',
      ],
      {
        primary: ['order_id'],
        foreign: [
          'customer_id -> customers(customer_id)',
          'employee_id -> employees(employee_id)',
          'ship_via -> shippers(shipper_id)',
        ],
      },
    ),
    table(
      'order_details',
      2155,
      [
        'order_id smallint!',
        'product_id smallint!',
        'unit_price real!',
        'quantity smallint!',
        'discount real!',
      ],
      {
        primary: ['order_id', 'product_id'],
        foreign: ['order_id -> orders(order_id)', 'product_id -> products(product_id)'],
      },
    ),
  ],
  views: [],
};
