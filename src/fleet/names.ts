export const fleetNames = ['docker', 'embedded', 'urls'] as const;
export type FleetName = (typeof fleetNames)[number];
