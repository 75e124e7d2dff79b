import { Option } from 'commander';

/** Of every command that prints a table: without it the table chooses its columns by the width. */
export const wideOption = (): Option =>
  new Option('--wide', 'print all columns of the table, even if it is wider than the terminal');
