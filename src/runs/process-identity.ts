import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { findStartTime } from '../shared/process-table.ts';

/**
 * Identifies this process: `host/machine:pid:start`. The start time distinguishes it from a later process with the
 * same pid; the machine mark distinguishes two containers with one host name.
 */
export function processIdentity(): string {
  return `${hostname()}/${machineMark()}:${process.pid}:${findStartTime(process.pid) ?? '0'}`;
}

/**
 * Whether a process is known to be dead. Only processes of this machine can be looked up; for any other the answer is
 * no, and its lease has to expire.
 */
export function isProcessDead(heldBy: string): boolean {
  const match = /^(.+):(\d+):(\d+)$/.exec(heldBy);
  if (!match || match[1] !== `${hostname()}/${machineMark()}`) return false;
  return (findStartTime(Number(match[2])) ?? '0') !== match[3];
}

let mark: string | undefined;

/** Differs between boots, machines and containers. */
function machineMark(): string {
  return (mark ??= createHash('sha256').update(readMachine()).digest('hex').slice(0, 8));
}

function readMachine(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8') + readlinkSync('/proc/self/ns/pid');
  } catch {
    // Without /proc no process can be looked up: nothing may match.
    return `${process.pid} ${performance.timeOrigin}`;
  }
}
