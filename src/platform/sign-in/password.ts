import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto'

/**
 * OWASP Password Storage Cheat Sheet, "Argon2id", read in 2026: at least 19 MiB of memory, 2 passes, 1 lane.
 * Raising them is safe at any time: each hash carries its own, and is made anew when its owner signs in.
 */
const cost = { memoryKiB: 19_456, passes: 2, lanes: 1 }
const saltBytes = 16
const hashBytes = 32
/** NIST SP 800-63B, 3.1.1.2: long enough for any passphrase; an end, so that nobody sends us megabytes to hash. */
export const longestPassword = 200
export const shortestPassword = 12

/** As a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash` */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await argon2id(password, salt, cost, hashBytes)
  return `$argon2id$v=19$m=${cost.memoryKiB},t=${cost.passes},p=${cost.lanes}$${unpadded(salt)}$${unpadded(hash)}`
}

let nobodysHash: Promise<string> | undefined

/**
 * Whether the password is the one that was hashed. Without a hash the answer is no, and takes as long: the time tells
 * nobody whether there is such an account.
 */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  nobodysHash ??= hashPassword(randomBytes(16).toString('hex'))
  const parts = read(hash ?? (await nobodysHash))
  const found = await argon2id(password, parts.salt, parts.cost, parts.hash.length)
  return timingSafeEqual(found, parts.hash) && hash !== undefined
}

/** Made with less than we ask today. */
export function isOutdated(hash: string): boolean {
  const { memoryKiB, passes } = read(hash).cost
  return memoryKiB < cost.memoryKiB || passes < cost.passes
}

function read(phc: string) {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(phc)
  if (!match) throw new Error('A stored password hash is not an argon2id string.')
  return {
    cost: { memoryKiB: Number(match[1]), passes: Number(match[2]), lanes: Number(match[3]) },
    salt: Buffer.from(match[4]!, 'base64'),
    hash: Buffer.from(match[5]!, 'base64'),
  }
}

function argon2id(password: string, salt: Buffer, { memoryKiB, passes, lanes }: typeof cost, length: number) {
  const parameters: Argon2Parameters = {
    // The same letters can be typed as different characters; NIST SP 800-63B asks to make them one.
    message: password.normalize('NFKC'),
    nonce: salt,
    parallelism: lanes,
    tagLength: length,
    memory: memoryKiB,
    passes,
  }
  return new Promise<Buffer>((resolve, reject) =>
    argon2('argon2id', parameters, (error, hash) => (error ? reject(error) : resolve(hash))),
  )
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}

/** What is left of the passwords people choose most once digits and signs are taken away: tried first by who guesses. */
const commonWords = new Set(
  `password passwort qwerty qwertyuiop qwertyuiopasdf qazwsx qazwsxedc qazwsxedcrfv asdfghjkl zxcvbnm iloveyou letmein
  welcome admin administrator football liverpool arsenal chelsea everton rangers celtic princess sunshine dragon monkey
  superman batman starwars summer winter autumn spring london manchester birmingham england secret changeme default
  trustno whatever abcdef abcdefgh abcdefghijkl weathervane safeguarding safeguardingpartner safeguardingpartnership
  childsafeguarding socialworker socialcare rapidreview localauthority council`.split(/\s+/),
)
const lookAlikes: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
}

/**
 * Why a password may not be chosen, as a sentence; undefined when it may. Length and a list of what is guessed first,
 * no rules about kinds of characters (NCSC, "Password administration for system owners"; NIST SP 800-63B, 3.1.1.2).
 */
export function passwordProblem(password: string, owner: { email: string; name: string }): string | undefined {
  const letters = [...password.normalize('NFKC')]
  if (letters.length === 0) return 'Enter a password'
  if (letters.length < shortestPassword) return `Password must be ${shortestPassword} characters or more`
  if (letters.length > longestPassword) return `Password must be ${longestPassword} characters or fewer`
  const folded = letters.join('').toLowerCase()
  if (new Set(folded).size < 5 || isRun(folded) || isCommon(folded)) {
    return 'Password must not be one that is easy to guess, like a common word with digits added'
  }
  const own = [owner.email, owner.email.split('@')[0]!, owner.name.replaceAll(' ', '')]
  const core = folded.replace(/[\d\W_]+$/, '').replaceAll(' ', '')
  if (own.some(word => word.toLowerCase() === folded || word.toLowerCase() === core)) {
    return 'Password must not be your name or email address'
  }
  return undefined
}

function isCommon(folded: string): boolean {
  const plain = folded.replace(/[^a-z]/g, '')
  const unmasked = Array.from(folded, letter => lookAlikes[letter] ?? letter).join('')
  const trimmed = Array.from(folded.replace(/[\d\W_]+$/, ''), letter => lookAlikes[letter] ?? letter).join('')
  return [plain, unmasked, trimmed].some(
    word => commonWords.has(word.replace(/[^a-z]/g, '')) || commonWords.has(repeated(word.replace(/[^a-z]/g, ''))),
  )
}

/** `passwordpassword` is `password` */
function repeated(word: string): string {
  return /^(.+?)\1+$/.exec(word)?.[1] ?? word
}

/** Each character the next of the one before: `123456789012`, `abcdefghijkl`, or back. */
function isRun(text: string): boolean {
  const steps = Array.from(text, letter => letter.charCodeAt(0)).map((code, index, codes) => code - codes[index - 1]!)
  return [1, -1].some(step => steps.slice(1).filter(found => found === step).length >= text.length - 3)
}
