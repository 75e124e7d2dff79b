/** Of `cost`: a mid-sized managed instance; no bill is like another. */
export const costDefaults = {
  cost: {},
  currency: 'USD',
  instance: '1000 +- 10%',
  shardPrice: '60% +- 5%',
  overhead: '25% +- 5%',
  replicas: 1,
  storage: '0.12 +- 0.03',
  hours: '4 +- 2',
  hourPrice: '100 +- 25',
  engineering: {},
  engineers: 4,
  engineerMonth: '12000 +- 2000',
  engineerShare: '25% +- 5%',
  engineerMonths: 6,
  spread: 24,
} as const;
