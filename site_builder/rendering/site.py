"""All files of the site from what was loaded; the same input gives the same bytes."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from markupsafe import Markup

from site_builder.addresses import split_address
from site_builder.content import Written, unknown_example
from site_builder.docs.files import below
from site_builder.errors import InputError
from site_builder.headers import LOADER, meta_policy, server_files
from site_builder.plans import FamilyWords, Text
from site_builder.rendering import machine
from site_builder.rendering.across import SUBJECTS, answers
from site_builder.rendering.assets import (
    OFFLINE,
    SCRIPT,
    WORKER,
    Assets,
    imported,
    publish,
    service_worker,
)
from site_builder.rendering.brand import logo_view
from site_builder.rendering.card_words import CardWords, card, card_path, words_of
from site_builder.rendering.changes import changes, feed, feed_entry
from site_builder.rendering.embed import embed_frame, loader
from site_builder.rendering.entries import Entry, by_day, entry
from site_builder.rendering.family import FamilySource, FamilyView, example_view, family_view
from site_builder.rendering.first import language_choice
from site_builder.rendering.form import Asked, asked_of, data_block
from site_builder.rendering.given import SiteInput
from site_builder.rendering.lists import machine_entry, machine_list, robots, sitemap
from site_builder.rendering.page import Address, Addresses, Frame, MenuEntry, docs_entry
from site_builder.rendering.prices import from_price
from site_builder.rendering.templates import Once, Templates, joined
from site_builder.rendering.voice import Voice, voice_of
from site_builder.rendering.written import Placing

MENU_LENGTH: Final = 12
"""The families that a page's menu names; the list on the home page has them all."""

PAGES: Final = ("across", "changes")
"""Pages that the site makes by itself of all families, by the first word of their texts."""


def menu_names(words: FamilyWords, title: str) -> Text | None:
    """What a menu calls a family by language where it does not name the vendor, for the site is called so already."""
    return words.name if words.vendor == title else None


def render_site(site: SiteInput) -> dict[str, bytes]:
    """Every page, style, script and list of the site by its path in the site's folder."""
    return Renderer(site).files()


class Renderer:
    """One rendering: the templates with what all pages share.

    `compiled` is a folder in which compiled templates are kept for the next build; `assets` are the site's, where
    they have been published already.
    """

    def __init__(self, site: SiteInput, compiled: Path | None = None, assets: Assets | None = None) -> None:
        self.site = site
        config = site.config
        self.assets: Assets = assets or publish(site.static)
        names = {lang: site.languages[lang].name for lang in config.languages}
        self.addresses = Addresses(config.base_url, config.base_path, names)
        self.placing = Placing(config.base_path, config.languages)
        self.order = config.order(site.families.words)
        self.shown = {lang: self._with_pages(lang) for lang in config.languages}
        self.voices: dict[tuple[str, str | None, str, str], Voice] = {}
        self.host = "{0.scheme}://{0.netloc}".format(split_address(config.base_url))
        self.templates: dict[int, Templates] = {}
        self.around = {lang: self._around(lang) for lang in config.languages}
        self.compiled = compiled
        self.names = {
            "asset": lambda name: config.base_path + self.assets.paths[name],
            "site": {
                "title": config.title, "csp": meta_policy(), "fingerprint": site.families.engine.fingerprint,
                "card": config.base_url + self.assets.paths["card.png"], "modules": imported(site.static, SCRIPT),
                "logo": logo_view(site.logo, config.base_path),
            },
        }  # fmt: skip

    def files(self) -> dict[str, bytes]:
        """Pages, assets, and what search engines ask for."""
        shown = [(lang, id) for lang in self.site.config.languages for id in self._families(lang)]
        pages = {name: text.encode() for id in self.order for name, text in self.family_pages(id)}
        words = [found for one in shown if (found := self.card_words(*one))]
        return self.shared_files() | pages | {card_path(one): card(one) for one in words}

    def shared_files(self) -> dict[str, bytes]:
        """All files but the families' pages."""
        config = self.site.config
        listed = {
            "sitemap.xml": sitemap(self.addresses, self._indexed()), "robots.txt": robots(config.base_url),
            **server_files(config.base_path, config.languages, config.embed),
        }  # fmt: skip
        texts = {name: text.encode() for name, text in (dict(self._pages()) | listed).items()}
        worker = service_worker(self.site.static[WORKER], config.offline)
        return {**self.assets.files, **self.site.content.pictures, **texts, **self._loader(), WORKER: worker}

    def _loader(self) -> dict[str, bytes]:
        """The script for partners, where there are pages for it."""
        if self.site.config.embed is None:
            return {}
        title = self.site.config.title
        titles = {lang: self._voice(lang).ui("embed.title", name=title) for lang in self.site.config.languages}
        return {LOADER: loader(self.site.static[LOADER], titles, self.site.config.document)}

    def _pages(self) -> Iterator[tuple[str, str]]:
        yield self._first()
        yield "404.html", self._not_found(self.site.config.languages, "404.html")
        for lang in self.site.config.languages:
            entries = [self.entry(lang, family) for family in self._families(lang)]
            yield self._home(lang, entries)
            if entries:
                yield self._across(lang, entries)
                yield from self._changes(lang, entries)
            yield f"{lang}/404.html", self._not_found((lang,), f"{lang}/404.html")
            yield self._offline(lang)
            for page in self.site.content.plain(lang):
                yield self._written(page)
        fingerprint, home = self.site.families.engine.fingerprint, self.site.config.base_url
        shown = dict.fromkeys(family for lang in self.site.config.languages for family in self._families(lang))
        yield "plans.json", machine_list(home, fingerprint, self.site.on, map(self.listed, shown))

    def _render(self, template: str, page: Frame, voice: Voice, **view: object) -> str:
        return self._templates(voice).get_template(template).render(page=page, **view)

    def _templates(self, voice: Voice) -> Templates:
        """The templates that speak with a voice: what macros say they import once, not for each page."""
        spoken = id(voice)  # the renderer's voices stay as long as it does
        if spoken not in self.templates:
            offline = self._offline_view(voice) if self.site.config.offline else None
            said = {"t": voice.ui, "once": Once(), "offline": offline}
            self.templates[spoken] = Templates(self.compiled, self.names | said)
        return self.templates[spoken]

    def _offline_view(self, voice: Voice) -> dict[str, str]:
        """What a page needs to be there without a network: who keeps it, what else is kept, and how old it then is."""
        path = self.addresses.path(voice.lang, OFFLINE)
        note = voice.ui("page.offline", day=voice.date(self.site.on))
        return {"worker": self.site.config.base_path + WORKER, "page": path, "note": note}

    def _families(self, lang: str) -> tuple[str, ...]:
        """The families that have pages in a language, in the site's order."""
        return self.shown[lang]

    def _with_pages(self, lang: str) -> tuple[str, ...]:
        words = self.site.families.words
        return tuple(family for family in self.order if lang in words[family].locales)

    def _address(self, family: str) -> Address:
        """Where a family's page is: in the languages that it declares, as far as the site speaks them."""
        locales = self.site.families.words[family].locales
        return Address(f"{family}/", tuple(lang for lang in self.site.config.languages if lang in locales))

    def _voice(self, lang: str, family: str = "") -> Voice:
        words = self.site.families.words.get(family)
        file = self.site.families.files.get(family)
        currency = file.family.currency if file and file.family else ""
        spoken = (lang, words.locales[lang] if words else None, currency, family if words and words.units else "")
        if spoken not in self.voices:
            voice = voice_of(self.site.languages[lang], words, currency, self._shared_locale(lang))
            self.voices[spoken] = voice.placed(self.placing.html)
        return self.voices[spoken]

    def _shared_locale(self, lang: str) -> str | None:
        """The locale of what belongs to no family: that of all of them, None where they differ."""
        held = {words.locales[lang] for words in self.site.families.words.values() if lang in words.locales}
        return held.pop() if len(held) == 1 else None

    def _frame(self, lang: str, address: Address, title: str, description: str, tag: str = "") -> Frame:
        """A page's frame, with the families in its menu and the written pages in its footer."""
        menu, across, footer = self.around[lang]
        frame = self.addresses.frame(lang, tag or lang, address, title, description)
        return frame._replace(menu=menu, across=across, footer=footer)

    def _around(self, lang: str) -> tuple[tuple[MenuEntry, ...], ...]:
        """What stands above and below every page of a language."""
        words = self.site.families.words
        menu = [(f"{family}/", self._called(words[family], lang)) for family in self._families(lang)[:MENU_LENGTH]]
        own = [(self._address_of(name).at(lang), self._voice(lang).ui(f"{name}.menu")) for name in PAGES]
        footer = [*(own if menu else ()), *((page.below, page.title) for page in self.site.content.plain(lang))]
        across = self._entries(lang, own[:1] if menu else ())
        docs = [docs_entry(self.site.docs, self._voice(lang), self.addresses)] if self.site.docs else []
        return self._entries(lang, menu), across, (*self._entries(lang, footer), *docs)

    def _called(self, words: FamilyWords, lang: str) -> str:
        """A family in the menu: its vendor; its own name where the site, beside it, is called like the vendor."""
        names = menu_names(words, self.site.config.title)
        return self._voice(lang, words.id).plain(names) if names else words.vendor

    def _entries(self, lang: str, pages: Iterable[tuple[str, str]]) -> tuple[MenuEntry, ...]:
        return tuple(MenuEntry(self.addresses.path(lang, below), text) for below, text in pages)

    def _source(self, lang: str, family: str) -> FamilySource:
        site = self.site
        written = site.content.introduction(lang, family)
        introduction = self.placing.markup(written.html if written else "")
        return FamilySource(
            site.families, site.families.files[family], site.answers[family], site.locale_data[lang], introduction,
            site.bundle, site.on,
        )  # fmt: skip

    def family_pages(self, family: str) -> Iterator[tuple[str, str]]:
        """The page of a family in each language, and its calculator alone for partners: files and texts."""
        rules = self.site.families.files[family].family
        assert rules is not None
        asked = asked_of(rules)
        for lang in self._address(family).languages:
            yield from self._family_pages(lang, family, asked)

    def _family_pages(self, lang: str, family: str, asked: Asked) -> Iterator[tuple[str, str]]:
        voice = self._voice(lang, family)
        view = family_view(self._source(lang, family), asked, voice, self.site.config.base_path)
        title = voice.ui("page.title", name=view.name)
        page = self._frame(lang, self._address(family), title, view.summary, voice.locale)
        if words := self.card_words(lang, family):
            page = page._replace(card=self.site.config.base_url + card_path(words), card_text=words.text)
        data = self._products(family, page, view)
        yield page.file, self._render("family.html.j2", page, voice, family=view, data=data)
        if self.site.config.embed is not None:
            alone = embed_frame(page, lang, family, voice.ui("embed.title", name=view.name))
            yield alone.file, self._render("embed.html.j2", alone, voice, family=view)

    def card_words(self, lang: str, family: str) -> CardWords | None:
        """What the picture of a family's page says; None for a site without pictures."""
        site, voice = self.site, self._voice(lang, family)
        return words_of(site.config, site.families, family, voice, site.on) if site.config.cards else None

    def _products(self, family: str, page: Frame, view: FamilyView) -> Markup:
        """The family's plans and prices as JSON-LD."""
        rules = self.site.families.files[family].family
        assert rules is not None
        names = {plan.id: plan.name for plan in view.plans}
        summaries = {plan.id: plan.summary or plan.audience for plan in view.plans}
        return data_block(machine.products(rules, view.vendor, names, summaries, page.canonical, self.site.on))

    def _home(self, lang: str, entries: list[Entry], file: str = "") -> tuple[str, str]:
        """The home page of a language, or the same page as another `file`."""
        written, voice = self.site.content.home(lang), self._voice(lang)
        languages = self.site.config.languages
        page = self._frame(lang, Address("", languages), written.title, written.words["description"])
        home = {
            **written.words,
            "sections": [self.placing.markup(part, page.path if file else "") for part in written.sections],
            "families": joined(entry.home for entry in entries),
            "across": self.addresses.path(lang, self._address_of("across").at(lang)) if entries else "",
            "example": self._home_example(lang, written),
        }
        return file or page.file, self._render("home.html.j2", page, voice, home=home)

    def entry(self, lang: str, family: str) -> Entry:
        """A family in the pages that show all of them."""
        words, voice, on = self.site.families.words[family], self._voice(lang, family), self.site.on
        rules = self.site.families.files[family].family
        assert rules is not None
        price = from_price(rules, voice, on)
        href, name = self.addresses.path(lang, f"{family}/"), voice.plain(words.name)
        names = {id: voice.plain(plan.name) for id, plan in words.plans.items()}
        clauses = self.site.locale_data[lang]["families"][family]["clauses"]
        view = {
            "lang": voice.locale, "href": href, "name": name, "summary": voice.plain(words.summary), "price": price,
        }  # fmt: skip
        found = changes(rules, name, names, clauses, voice, href)
        said = answers(rules, words, clauses, voice, on)
        macros = self._templates(voice).get_template("entries.j2").module
        return entry(macros, view, said, found, lambda change: feed_entry(change, self.host))

    def listed(self, family: str) -> str:
        """A family in `plans.json`."""
        words, rules = self.site.families.words[family], self.site.families.files[family].family
        assert rules is not None
        voices = {lang: self._voice(lang, family) for lang in self._address(family).languages}
        plans = {lang: {id: voice.plain(plan.name) for id, plan in words.plans.items()}
                 for lang, voice in voices.items()}  # fmt: skip
        return machine_entry({
            "id": family, "vendor": words.vendor,
            "names": {lang: voice.plain(words.name) for lang, voice in voices.items()},
            "pages": {lang: f"{self.addresses.base_url}{lang}/{family}/" for lang in voices},
            "plan_names": plans, **machine.family_data(rules, self.site.on),
        })  # fmt: skip

    def _across(self, lang: str, entries: list[Entry]) -> tuple[str, str]:
        """The rules of all families, subject by subject."""
        voice = self._voice(lang)
        subjects = [
            {
                "id": subject, "title": voice.ui(f"across.subject.{subject}"),
                "question": voice.ui(f"across.question.{subject}"),
                "families": joined(one.across[subject] for one in entries if subject in one.across),
            }
            for subject in SUBJECTS
        ]  # fmt: skip
        page = self._shared_page(lang, "across", voice)
        day = self.site.on.isoformat()
        return page.file, self._render("across.html.j2", page, voice, subjects=subjects, day=day)

    def _changes(self, lang: str, entries: list[Entry]) -> Iterator[tuple[str, str]]:
        """What changed and what will: the page, and the feed beside it."""
        voice, on, base = self._voice(lang), self.site.on, self.site.config.base_url
        days = by_day(entries)
        items = {day: joined(change.item for change in held) for day, held in days.items()}
        page = self._shared_page(lang, "changes", voice)
        file = page.file.replace("index.html", "feed.atom")
        view = {
            "to_come": [(day, held) for day, held in reversed(items.items()) if day > on],
            "past": [(day, held) for day, held in items.items() if day <= on],
            "feed": f"{page.path}feed.atom", "data": f"{self.site.config.base_path}plans.json",
        }  # fmt: skip
        yield page.file, self._render("changes.html.j2", page, voice, **view)
        found = "".join(change.feed for held in days.values() for change in held)
        title = f"{self.site.config.title}: {page.title}"
        yield file, feed(lang, title, page.canonical, base + file, max(days, default=None), found)

    def _shared_page(self, lang: str, name: str, voice: Voice) -> Frame:
        """The frame of one of the pages that the site makes by itself of all families."""
        title, description = voice.ui(f"{name}.title"), voice.ui(f"{name}.description")
        return self._frame(lang, self._address_of(name), title, description)

    def _address_of(self, name: str) -> Address:
        """Where such a page is, in the languages that have a family; each language calls it by its own word."""
        languages = tuple(lang for lang in self.site.config.languages if self._families(lang))
        return Address(name, languages, {lang: f"{self._voice(lang).ui(f'{name}.slug')}/" for lang in languages})

    def _home_example(self, lang: str, written: Written) -> dict[str, object] | None:
        """The worked example that the home page shows, named `family/example` in its front matter, if it names one.

        Raises InputError where there is no such example in a family of the language.
        """
        named = written.words.get("example")
        if named is None:
            return None
        family, _, id = named.partition("/")
        offered = {f"{one}/{example}" for one in self._families(lang) for example in self.site.answers[one]}
        if named not in offered:
            speaking = {one: self._families(one) for one in self.site.config.languages}
            languages = {f"{family}/{id}": [one for one, ids in speaking.items() if family in ids]
                         for family in self.site.answers if id in self.site.answers[family]}  # fmt: skip
            wrong = unknown_example(written, offered, languages)
            assert wrong, "it is none of those offered"
            raise InputError([wrong])
        view = example_view(self._source(lang, family), id, self._voice(lang, family))
        path = self.addresses.path(lang, f"{family}/")
        return {"quote": view.quote, "page": path, "href": path + view.href}

    def _written(self, written: Written) -> tuple[str, str]:
        lang, voice = written.lang, self._voice(written.lang)
        page = self._frame(lang, self._address_of_written(written), written.title, written.words["description"])
        body = self.placing.markup(written.html)
        return page.file, self._render("page.html.j2", page, voice, heading=written.title, body=body)

    def _address_of_written(self, written: Written) -> Address:
        """Where a written page is; each language may call it by a word of its own."""
        pages, languages = self.site.content.pages, self.site.config.languages
        return Address(f"{written.name}/", languages, {lang: pages[lang][written.name].below for lang in languages})

    def _first(self) -> tuple[str, str]:
        """The first page: the choice of languages; of a site that speaks one, the home page itself."""
        lang, *others = self.site.config.languages
        if not others:
            return self._home(lang, [self.entry(lang, family) for family in self._families(lang)], "index.html")
        page, choices = language_choice(self.site, self.addresses, lambda one: self._voice(one).ui("page.languages"))
        return page.file, self._render("languages.html.j2", page, self._voice(lang), choices=choices)

    def _not_found(self, languages: tuple[str, ...], file: str) -> str:
        """The page for what is not found, in the languages given."""
        keys = ("title", "text", "link")
        choices = [
            {"lang": lang, "href": self.addresses.path(lang)}
            | {key: self._voice(lang).ui(f"not_found.{key}") for key in keys}
            for lang in languages
        ]
        title = " · ".join(choice["title"] for choice in choices)
        page = self.addresses.alone(file, languages[0], title, title, indexed=False)
        return self._render("not-found.html.j2", page, self._voice(languages[0]), choices=choices)

    def _offline(self, lang: str) -> tuple[str, str]:
        """The page for what was never opened while there was a network; the Service Worker adds what was."""
        voice = self._voice(lang)
        title = voice.ui("offline.title")
        page = self.addresses.alone(f"{lang}/{OFFLINE}", lang, title, title, indexed=False)
        return page.file, self._render("offline.html.j2", page, voice)

    def _indexed(self) -> list[Address]:
        """Every page that search engines may list."""
        languages = self.site.config.languages
        pages = [Address("", languages), *(self._address_of(page) for page in PAGES)]
        pages += map(self._address_of_written, self.site.content.plain(languages[0]))
        docs = self.site.docs
        pages += [Address(below(name), docs.languages_of(name)) for name in docs.names] if docs else []
        return [page for page in (*pages, *map(self._address, self.order)) if page.languages]
