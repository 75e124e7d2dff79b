/** Whether sql[start .. end) is the word, in any case; allocates nothing. */
export function isSameWord(sql: string, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i += 1) {
    if ((sql.charCodeAt(start + i) | 32) !== word.charCodeAt(i)) return false;
  }
  return true;
}
