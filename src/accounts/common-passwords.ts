/** Some 49,000 passwords that guessers try first, loaded when the first password is chosen. */
let loading: Promise<ReadonlySet<string>> | undefined;

export function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  loading ??= load();
  return loading;
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = (await import('@zxcvbn-ts/language-common')) as {
    dictionary: Readonly<Record<string, readonly string[]>>;
  };
  const words = dictionary['passwords-common'];
  if (!words || words.length < 10_000) throw new Error('the list of common passwords is missing');
  return new Set(words);
}
