import { assert } from '../base/assert.ts';
import type { Outbox } from '../traffic/outbox.ts';
import type { Staging } from '../traffic/ports.ts';
import type { ConnectionPools } from './connection-pools.ts';

/** Staging on the connections of these pools; `stage` writes a query into the frame of one. */
export function poolStaging(
  pools: ConnectionPools,
  outbox: Outbox,
  stage: Staging['stage'],
): Staging {
  assert(outbox.places >= pools.size, 'a place for each connection');
  return {
    stage,
    unstage: (place) => {
      const connection = pools.at(place);
      connection.unstage();
      pools.release(connection);
    },
    sendStaged: (place) => {
      // Its socket may have ended it meanwhile.
      if (pools.at(place).ticket !== -1) pools.at(place).runStaged();
    },
  };
}
