import { readFileSync } from 'node:fs';
import { startSchedule } from '../../batch/schedule.ts';
import { readConfig } from '../../config/config.ts';
import { openDeps } from '../../src/open-deps.ts';

/** A schedule in a process of its own that can be stopped and continued; its clock is what stands in a file. */
const [clockFile = ''] = process.argv.slice(2);
const clock = { now: () => new Date(readFileSync(clockFile, 'utf8')) };
const deps = await openDeps(readConfig(process.env), clock);
const schedule = startSchedule(deps, { askEveryMs: 10 });
process.once('SIGTERM', () => void schedule.stop().then(() => deps.close()));
