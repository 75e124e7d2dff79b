import { queueSystems, runQueue } from './simulate/queues.suite.ts';
const s=queueSystems[0]!;
await runQueue(s,{shards:16,load:.5,seed:1,arrivals:1e6});
for(let i=0;i<3;i++){const b=process.threadCpuUsage();const t=performance.now();const r=await runQueue(s,{shards:16,load:.5,seed:1,arrivals:1e7});const u=process.threadCpuUsage(b);console.log((r.arrivals/(u.user+u.system)).toFixed(2),'M/s cpu', (r.arrivals/(performance.now()-t)/1000).toFixed(2),'M/s wall')}
