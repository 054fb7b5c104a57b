/** How long a proof of the person counts as fresh. */
export const FRESH_PROOF_MS = 5 * 60_000;

/** Whether a person has given password or passkey within the last minutes; `provenAt` in ms since 1970. */
export function isProofFresh(provenAt: number | undefined, now: Date): boolean {
  if (provenAt === undefined) return false;
  const ageMs = now.getTime() - provenAt;
  return ageMs >= 0 && ageMs < FRESH_PROOF_MS;
}
