const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or a quoted attribute. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Text of the user's within a sentence of ours: its direction stays its own. */
export function isolated(text: string): string {
  return `<bdi>${escaped(text)}</bdi>`;
}

/** A name such as tenant_id/ring:150, which may break after its slashes. */
export function breakable(text: string): string {
  return isolated(text).replaceAll(/(?<!<)\/(?=[^>]*<)/g, '/<wbr>');
}
