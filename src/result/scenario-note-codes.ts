/** What a written scenario has otherwise than the database, or has not. */
export const scenarioNoteCodes = {
  /** Tables point to each other in a circle: names { table, columns, references }. */
  foreignInCircle: 'scenario-foreign-in-circle',
  /** Rows cannot be made so that it holds: names { table, columns, references }. */
  foreignNotHeld: 'scenario-foreign-not-held',
  /** Names { table, columns }: constraints by name. */
  exclusionLeftOut: 'scenario-exclusion-left-out',
  /** Generated columns are ordinary ones: names { table, columns }. */
  generatedPlain: 'scenario-generated-plain',
  /** Types of the database's own: names { table, columns }. */
  typeMapped: 'scenario-type-mapped',
  /** Names { table, columns }. */
  primaryLeftOut: 'scenario-primary-left-out',
  uniqueLeftOut: 'scenario-unique-left-out',
  indexLeftOut: 'scenario-index-left-out',
  /** Values could not be made, so its default holds: names { table, columns }. */
  columnPlain: 'scenario-column-plain',
  /** Names { view, reason }. */
  viewLeftOut: 'scenario-view-left-out',
  /** Of a candidate, in one table or at all: names { key, tables? }. */
  keyLeftOut: 'scenario-key-left-out',
  /** There are too many: { count }, names { tables } (some). */
  tablesLeftOut: 'scenario-tables-left-out',
  /** It stands against rules of scenarios: names { table, reason }. */
  tableLeftOut: 'scenario-table-left-out',
  /** Names { operation, reason }. */
  operationRefused: 'scenario-operation-refused',
} as const;
