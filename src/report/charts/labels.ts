import { name } from '../text.ts';
import { textWidth } from './font-widths.ts';

/** Font size of all labels, px. */
export const labelSize = 11;

/** Names cut where the room (px) ends; two that then look alike are told apart by numbers. */
export function labelsOf(names: readonly string[], room: number): readonly string[] {
  const cut = names.map((one) => cutToWidth(name(one), room));
  return cut.map((label, index) =>
    cut.indexOf(label) === index ? label : `${index + 1}. ${cutToWidth(label, room - 20)}`,
  );
}

/** The text, or as much of it as fits into `room` px, ending in an ellipsis. */
export function cutToWidth(text: string, room: number): string {
  if (textWidth(text, labelSize) <= room) return text;
  const characters = Array.from(text);
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, labelSize) > room) {
    characters.pop();
  }
  return `${characters.join('')}…`;
}

/** The text in lines of at most `room` px; a longer word is cut. */
export function wrapped(text: string, room: number, fontSize: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, fontSize) > room) {
      lines.push(line);
      line = cutToWidth(word, (room * labelSize) / fontSize);
    } else {
      line = line === '' ? cutToWidth(word, (room * labelSize) / fontSize) : longer;
    }
  }
  return [...lines, line];
}
