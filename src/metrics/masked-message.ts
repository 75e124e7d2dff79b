/**
 * A server's message without the values of rows, which may be a customer's: `Key
 * (tenant_id)=(acme)` becomes `Key (tenant_id)=(…)`. Names of tables, columns and constraints stay.
 */
export function maskedMessage(code: string, message: string): string {
  const keys = message
    .replace(/=\s*\(.*\)/s, '=(…)')
    .replace(/(Failing row contains )\(.*\)/s, '$1(…)');
  // What a statement or a function complains of is quoted, and no name.
  if (isValueError(code)) return keys.replace(/".*"/s, '"…"').replace(/'.*'/s, "'…'");
  // A message of the user's own is made of anything.
  if (isRaised(code)) {
    return keys.replace(/".*"/s, '"…"').replace(/'.*'/s, "'…'").replaceAll(/\d+/g, '…');
  }
  return keys;
}

/** Class 22, data exception. */
const isValueError = (code: string): boolean => code.startsWith('22');

/** RAISE in PL/pgSQL, and SQLSTATEs that no server has of its own. */
const isRaised = (code: string): boolean => /^(?:P0|[I-OQ-WYZ])/.test(code);
