/**
 * Packages of a Debian release: 63,440 rows under four keys. The tenants are the shipped file's (by
 * maintainer), and of the 58 sections these are the packages of each.
 */
export const sectionSizes = [
  6703, 5557, 4544, 4471, 4223, 3541, 2345, 2205, 2039, 1950, 1935, 1870, 1797, 1654, 1479, 1470,
  1293, 1108, 1032, 971, 838, 835, 754, 677, 617, 595, 532, 471, 439, 438, 366, 357, 356, 355, 338,
  292, 287, 269, 246, 230, 222, 198, 189, 175, 152, 145, 137, 135, 126, 125, 96, 78, 67, 35, 23, 22,
  21, 15,
] as const;

const sections = sectionSizes.map((size, index) => `s${index + 1}: ${size}`).join(', ');

/** @param tenantFile where `scenarios/data/debian-tenants.csv` is */
export const packagesScenario = (tenantFile: string): string => `
name: packages
seed: 42
rate: 1000/s
tenants: { file: ${JSON.stringify(tenantFile)}, id: tenant, weight: packages }
tables:
  sources:
    per: tenant
    rows: { total: 34169 }
    columns:
      tenant: tenant
      id: id
  packages:
    per: sources
    rows: { total: 63440 }
    columns:
      tenant: { parent: sources.tenant }
      package: id
      source: { parent: sources.id }
      section: { choice: { ${sections} } }
      kilobytes: { number: { min: 1, max: 100000, decimals: 0 } }
keys:
  tenant: { sources: tenant, packages: tenant }
  package: { packages: package }
  source: { sources: id, packages: source }
  section: { packages: section }
operations:
  - name: of_maintainer
    kind: read
    weight: 90
    statements: [select * from packages where tenant = :packages.tenant limit 20]
  - name: package
    kind: read
    weight: 1
    statements: [select * from packages where package = :packages.package]
  - name: resize
    kind: write
    weight: 9
    statements:
      - update packages set kilobytes = 1
        where tenant = :packages.tenant and package = :packages.package
          and source = :packages.source and section = :packages.section
strategies: [{ key: tenant, router: jump }]
capacity: { instance: 1000/s }
growth: { now: { load: 3000/s, bytes: 60GB } }
`;

/** Many tenants of unequal size under one key. */
export const tenantsScenario = (tenants: number): string => `
name: many
seed: 42
rate: 1000/s
tenants: { zipf: 0.8, count: ${tenants}, idType: int8 }
data: { total: ${Math.ceil((tenants * 512) / 2 ** 20)}MiB }
operations:
  - name: recent
    kind: read
    weight: 80
    binds: [tenant_id]
    sql: select * from orders where tenant_id = :tenant_id order by created_at desc limit 20
  - name: newest
    kind: read
    weight: 1
    sql: select * from orders order by order_id desc limit 20
strategies: [{ key: tenant_id, router: jump }]
capacity: { instance: 1000/s }
growth: { now: { load: 3000/s, bytes: 60GB } }
`;
