// An OpenID provider of the tests' own: oidc-provider with its form for signing in, which takes any name.
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

export const CLIENT = { id: "witan & co", secret: "canary + secret of the client" };

export class OpenidProvider {
  readonly #server: Server;
  #answer: RequestListener = (_, response) => response.writeHead(503).end();
  #isSilent = false;

  private constructor(server: Server) {
    this.#server = server;
    server.on("request", (request, response) => {
      if (!this.#isSilent) void this.#answer(request, response);
    });
  }

  /** Listens, and knows nobody yet. */
  static async listen(): Promise<OpenidProvider> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new OpenidProvider(server);
  }

  /** Another site than 127.0.0.1, so that browsers treat it as one. */
  get issuer(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** From now on browsers may come from there. */
  knows(redirectUri: string): void {
    const provider = new Provider(this.issuer, {
      clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUri], grant_types: ["authorization_code"], response_types: ["code"] }],
      pkce: { required: () => true },
      cookies: { keys: ["only for tests"] },
      findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    });
    this.#answer = provider.callback();
  }

  /** Takes connections and says nothing, as a service in trouble does. */
  falls(silent: boolean): void {
    this.#isSilent = silent;
    this.#server.closeAllConnections();
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
