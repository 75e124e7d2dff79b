/** Messages are read on terminals of 80 columns. */
const width = 78;

/** The words of a text on lines of their own, indented by two, each begun by a line break. */
export function indentedLines(text: string): string {
  let lines = '';
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width - 2) {
      lines += `\n  ${line}`;
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return `${lines}\n  ${line}`;
}
