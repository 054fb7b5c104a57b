import { readFileSync } from 'node:fs';
import { nights } from '../../batch/nights.ts';
import { startTimetable } from '../../batch/run-timetable.ts';
import { readConfig } from '../../config/config.ts';
import { openDeps } from '../../src/open-deps.ts';

/** A timetable in a process of its own that can be stopped and continued; its clock shows what a file says. */
const [clockFile = ''] = process.argv.slice(2);
const clock = { now: () => new Date(readFileSync(clockFile, 'utf8')) };
const deps = await openDeps(readConfig(process.env), clock);
const timetable = startTimetable(deps, { entries: [nights({ askEveryMs: 10 })] });
process.once('SIGTERM', () => void timetable.stop().then(() => deps.close()));
