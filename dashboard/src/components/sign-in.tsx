/** Sign-in form, shown without a valid token. */
import { useEffect, useRef } from "preact/hooks";
import { type Ending, ending, signIn } from "../session";

const WHY: Record<Ending, string> = {
  "signed-out": "You are signed out. This tab no longer holds any of your numbers.",
  expired: "Your token has expired. Sign in with a new one to continue.",
  refused: "That token is not accepted here: it is invalid or no longer valid.",
  "no-agent": "That token is valid, but not an agent's. This page shows an agent's own numbers.",
};

export function SignIn() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const why = ending.value;
  return (
    <main class="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (field.current?.value.trim()) signIn(field.current.value);
        }}
      >
        <h1>How your month is going</h1>
        <p>Your leads, conversions, revenue and goals, from your CRM's own data.</p>
        {why && (
          <p class={why === "signed-out" ? "notice is-calm" : "notice"} role="alert">
            {WHY[why]}
          </p>
        )}
        <label for="token">Access token</label>
        <input
          ref={field}
          id="token"
          type="password"
          autoComplete="off"
          spellcheck={false}
          required
          aria-describedby="token-help"
        />
        <p id="token-help" class="soft">
          Paste the token you were given, or open the link that contains it. It stays in this tab
          and is removed when you close it.
        </p>
        <button type="submit" class="primary">
          Show my numbers
        </button>
      </form>
    </main>
  );
}
