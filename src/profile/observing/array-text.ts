const element = /"((?:[^"\\]|\\[^])*)"|([^,{}"]+)/g;

/** The elements of an array in Postgres' text form, `{1,2,"a b",NULL}`; one dimension after the other. */
export function arrayElements(text: string): (string | null)[] {
  if (!text.startsWith('{')) return [text];
  return [...text.matchAll(element)].map(([, quoted, plain = '']) => {
    if (quoted !== undefined) return quoted.replaceAll(/\\([^])/g, '$1');
    return /^null$/i.test(plain) ? null : plain.trim();
  });
}
