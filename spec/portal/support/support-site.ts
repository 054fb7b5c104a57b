import { openStaffConsole, type StaffConsole } from '../staff-console.ts';
import { fillSupportWorld, type SupportIds } from './support-world.ts';

/** The support desk over a world of one line that bought, and another. Its clock is at 2026-05-14, 10:00 in Tokyo. */
export type SupportSite = StaffConsole<SupportIds>;

export async function openSupportSite(): Promise<SupportSite> {
  return await openStaffConsole(fillSupportWorld);
}
