/**
 * Of fewer transactions that left rows nothing is concluded: rows say more. The same for the
 * document and for the scenario, which would contradict each other otherwise.
 */
export const writtenLeast = 100;
