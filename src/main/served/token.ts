import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const secret = (): string => randomBytes(32).toString('base64url')

/** Compares digests, so that neither content nor length shows in the time taken. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at >= 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}

/** What the one who opened the address that was printed is given, once. */
export interface Admission {
  /** The `Set-Cookie` header's value. */
  cookie: string
  /** A browser sends the cookie to every port of this host, whoever listens there; this it keeps for the page. */
  secret: string
}

/** Who may use the page: the one who opened the address that was printed. */
export class Gate {
  /** Good for one exchange. */
  readonly token = secret()
  readonly #session = secret()
  readonly #secret = secret()
  #used = false

  /**
   * @param port in the cookie's name, as cookies of one host are shared by its ports
   */
  constructor(private readonly port: number) {}

  private get cookieName(): string {
    return `gae-workbench-${this.port}`
  }

  /** @returns null where the token is wrong or was used */
  exchange(token: string): Admission | null {
    if (this.#used || !same(token, this.token)) return null
    this.#used = true
    const cookie = `${this.cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`
    return { cookie, secret: this.#secret }
  }

  /** Whether the one who says this has the secret of the exchange. */
  knows(said: string): boolean {
    return same(said, this.#secret)
  }

  admits(cookieHeader: string | undefined): boolean {
    const cookie = cookieOf(cookieHeader, this.cookieName)
    return cookie !== undefined && same(cookie, this.#session)
  }
}
