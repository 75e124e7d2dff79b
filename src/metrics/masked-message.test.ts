import { expect, test } from 'vitest';
import { maskedMessage } from './masked-message.ts';

const foreignKey =
  'insert or update on table "tickets" violates foreign key constraint "tickets_user_fkey"';

test.each([
  [
    '23503',
    `${foreignKey}: Key (tenant_id, user_id)=(acme (Ltd), 7) is not present in table "users".`,
    `${foreignKey}: Key (tenant_id, user_id)=(…) is not present in table "users".`,
  ],
  [
    '23502',
    'null value: Failing row contains (1, acme, (x), null).',
    'null value: Failing row contains (…).',
  ],
  [
    '22P02',
    'invalid input syntax for type integer: "ac"me"',
    'invalid input syntax for type integer: "…"',
  ],
  ['22007', "invalid value 'acme' for it", "invalid value '…' for it"],
  ['P0001', 'ticket 4711 of "acme" is closed', 'ticket … of "…" is closed'],
  ['42P01', 'relation "ticket" does not exist', 'relation "ticket" does not exist'],
  [
    '57014',
    'canceling statement due to statement timeout',
    'canceling statement due to statement timeout',
  ],
])('%s: values are masked, names are not', (code, message, masked) => {
  expect(maskedMessage(code, message)).toBe(masked);
});
