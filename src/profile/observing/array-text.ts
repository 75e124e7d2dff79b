const element = /"((?:[^"\\]|\\[^])*)"|([^,{}"]+)/g;

/** Elements of an array in Postgres' text form, `{1,2,"a b",NULL}`, of all its dimensions. */
export function arrayElements(text: string): (string | null)[] {
  if (!text.startsWith('{')) return [text];
  return [...text.matchAll(element)].map(([, quoted, plain = '']) => {
    if (quoted !== undefined) return quoted.replaceAll(/\\([^])/g, '$1');
    return /^null$/i.test(plain) ? null : plain.trim();
  });
}
