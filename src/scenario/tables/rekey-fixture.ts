import { shopScenario } from './shop-fixture.ts';

/** A user moves to another region. */
export const moveUser = `  - name: move_user
    kind: write
    weight: 10
    rekey: { row: users, column: region, to: { choice: [eu, us, ap] } }
`;

/**
 * The shop with a user's region in orders and lines as well, which is a shard key, and users who
 * move. Lines do not say whose they are.
 */
export const rekeyScenario = `${shopScenario
  .replace(
    '  - { key: tenant, router: jump }',
    '  - { key: tenant, router: jump }\n  - { key: region, router: jump }',
  )
  .replace(
    '      note: { json: 40 }',
    '      region: { parent: users.region }\n      note: { json: 40 }',
  )
  .replace(
    '      number: sequence',
    '      region: { parent: users.region }\n      number: sequence',
  )}${moveUser}`;

/** The same with a foreign key that has the region in it. */
export const heldScenario = rekeyScenario
  .replace(
    '    primary: id\n    foreign: [{ columns: tenant_id',
    '    primary: id\n    unique: [[region, id]]\n    foreign: [{ columns: tenant_id',
  )
  .replace(
    '{ columns: user_id, references: users.id }',
    '{ columns: [region, user_id], references: "users(region, id)" }',
  );
