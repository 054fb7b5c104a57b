/** Why an API key was refused: the cause of the Problem, for the log alone. The response does not contain it. */
export class RefusedKey extends Error {
  override readonly name = 'RefusedKey';
  readonly reason:
    | 'missing'
    | 'malformed'
    | 'unknown'
    | 'wrong'
    | 'revoked'
    | 'ended'
    | 'address'
    | 'suspended'
    | 'signature'
    | 'scope';
  /** Its public part. */
  readonly keyId: string | undefined;

  constructor(reason: RefusedKey['reason'], keyId?: string) {
    super(`the API key is refused: ${reason}`);
    this.reason = reason;
    this.keyId = keyId;
  }
}
