#!/usr/bin/env node
// The version check comes first, in a module of its own: static imports run in order.
import './require-node.js';
import './early-interrupt.js';
import { existsSync } from 'node:fs';

// A published package carries dist; a checkout runs the TypeScript sources as they are.
const built = new URL('../dist/main.js', import.meta.url);
const source = new URL('../src/main.ts', import.meta.url);
await import((existsSync(source) ? source : built).href);
