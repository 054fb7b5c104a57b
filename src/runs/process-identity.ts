import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { findStartTime } from '../shared/process-table.ts';

/**
 * Names this process for good: `host/machine:pid:start`. The start time tells a process from a later one
 * that was given its pid; the machine mark tells two containers of one host name apart.
 */
export function processIdentity(): string {
  return `${hostname()}/${machineMark()}:${process.pid}:${findStartTime(process.pid) ?? '0'}`;
}

/**
 * Whether the process of that name is known to be gone. Only processes of this very machine can be looked
 * up; of any other the answer is no, and its lease has to run out.
 */
export function isProcessDead(heldBy: string): boolean {
  const parts = /^(.+):(\d+):(\d+)$/.exec(heldBy);
  if (!parts || parts[1] !== `${hostname()}/${machineMark()}`) return false;
  return (findStartTime(Number(parts[2])) ?? '0') !== parts[3];
}

let mark: string | undefined;

/** Differs between two boots, two machines and two containers. */
function machineMark(): string {
  return (mark ??= createHash('sha256').update(readMachine()).digest('hex').slice(0, 8));
}

function readMachine(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8') + readlinkSync('/proc/self/ns/pid');
  } catch {
    // Without /proc no process can be looked up either, so nothing must match.
    return `${process.pid} ${performance.timeOrigin}`;
  }
}
