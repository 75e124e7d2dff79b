import { afterAll, beforeAll, expect, test } from 'vitest';
import { embeddedShards, type EmbeddedShards } from '../testing/embedded-shards.ts';
import type { ShardAddress } from './connection.ts';
import { createSchema, finishLoad, recreateNamespace, withClient } from './database.ts';
import { serverFacts } from './server-facts.ts';

