import { afterEach, describe, expect, it } from "vitest";
import { healthMessage, screenLanguage, shopLanguage, speak, t } from "./text.svelte";

afterEach(() => speak("en"));

describe("a language", () => {
  it("is spoken once its words are there, and at once when it is spoken again", async () => {
    const loading = speak("fr");
    expect([screenLanguage(), t("sell")]).toEqual(["en", "Sell"]);
    await loading;
    expect([screenLanguage(), t("sell"), document.documentElement.lang]).toEqual(["fr", "Vente", "fr"]);
    void speak("en");
    expect(t("sell")).toBe("Sell");
    void speak("fr");
    expect(t("sell")).toBe("Vente");
  });

  it("that was asked for last is spoken, whichever comes first", async () => {
    const late = speak("ar");
    await speak("en");
    await late;
    expect([screenLanguage(), shopLanguage()]).toEqual(["en", "en"]);
  });

  it("without screens says how the till is, and leaves the screens in English", async () => {
    await speak("ar");
    expect([screenLanguage(), shopLanguage(), t("sell")]).toEqual(["en", "ar", "Sell"]);
    expect(healthMessage("health-area-disk")).toMatch(/[\u0600-\u06ff]/);
  });
});
