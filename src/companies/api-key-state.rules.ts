/** `ending`: replaced, and works until its end; `ended`: past it. */
export type ApiKeyState = 'valid' | 'ending' | 'ended' | 'revoked';

/** Whether a key works now. It ends at the instant of its end. */
export function apiKeyState(
  {
    revokedAt,
    endsAt,
  }: { readonly revokedAt?: Date | null | undefined; readonly endsAt?: Date | null | undefined },
  now: Date,
): ApiKeyState {
  if (revokedAt) return 'revoked';
  if (!endsAt) return 'valid';
  return endsAt <= now ? 'ended' : 'ending';
}

/** Whether it still works, so that it can be revoked. */
export const isLiveApiKey = (state: ApiKeyState): boolean => state === 'valid' || state === 'ending';
