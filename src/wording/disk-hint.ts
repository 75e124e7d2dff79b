/** What helps where a disk is too small. @param elsewhere how data get onto another disk */
export const diskHint = (elsewhere: string): string =>
  `free some space, load less (data.total, or the rows of tables), or ${elsewhere}`;

export const temporaryFolder = 'set TMPDIR to a folder on another disk';
