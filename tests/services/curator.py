"""A curator who works over HTTP: the admin's forms and, with a token made there, the API."""

import re
from collections.abc import Mapping
from typing import Any

import requests

SECONDS = 60
_FIELD = re.compile(r'<input[^>]*?name="csrfmiddlewaretoken"[^>]*?value="([^"]+)"')
_TOKEN = re.compile(r'<input id="token" value="([^"]+)"')
_ADDED = re.compile(r"/admin/gallery/painting/(\d+)/change/")


class Curator:
    """Signed in. Notes in `public` what visitors must see by now: painting → title. Several may share it.

    An answer other than the one expected fails the test, and is told whole. For one thread.
    """

    def __init__(self, url: str, *, name: str, password: str, public: dict[int, str]) -> None:
        self.url = url
        self.public = public
        self._session = requests.Session()
        self._session.headers["Connection"] = "close"  # none goes stale while its owner thinks
        self._submit("/admin/login/", {"username": name, "password": password, "next": "/admin/"})
        made = self._submit("/admin/knox/authtoken/add/", {"expiry_0": "", "expiry_1": ""})
        token = _TOKEN.search(made.text)
        assert token, made.text
        self._authorization = {"Authorization": f"Token {token[1]}"}

    def add(self, title: str, picture: bytes, *, publish: bool = True, **fields: str) -> int:
        """Upload a painting over the API, and publish it."""
        files = {"image": (f"{title}.png", picture, "image/png")}
        added: int = self._ask("POST", "paintings/", 201, data={"title": title, **fields}, files=files)["id"]
        if publish:
            self.publish(added, title)
        return added

    def add_by_form(self, title: str, picture: bytes) -> int:
        """Upload a painting with the admin's form, and publish it with the form's button."""
        attributions = {"attributions-TOTAL_FORMS": "0", "attributions-INITIAL_FORMS": "0"}
        answer = self._submit(
            "/admin/gallery/painting/add/",
            {"title": title, "_publish": "Publish", **attributions},
            files={"picture": (f"{title}.png", picture, "image/png")},
            follow=False,
        )
        address = _ADDED.search(answer.headers.get("Location", ""))
        assert answer.status_code == 302 and address, f"{answer.status_code}: {answer.text}"
        self.public[int(address[1])] = title
        return int(address[1])

    def publish(self, painting: int, title: str) -> None:
        self._ask("POST", f"paintings/{painting}/publish/", 200)
        self.public[painting] = title

    def rename(self, painting: int, title: str) -> None:
        self._ask("PATCH", f"paintings/{painting}/", 200, json={"title": title})
        if painting in self.public:
            self.public[painting] = title

    def replace(self, painting: int, picture: bytes) -> None:
        """Give it another picture."""
        files = {"image": ("another.png", picture, "image/png")}
        self._ask("PATCH", f"paintings/{painting}/", 200, files=files)

    def withdraw(self, painting: int) -> None:
        self._ask("POST", f"paintings/{painting}/withdraw/", 200)
        del self.public[painting]

    def delete(self, painting: int) -> None:
        self._ask("DELETE", f"paintings/{painting}/", 204)
        self.public.pop(painting, None)

    def add_style(self, name: str) -> str:
        """A new style; its slug."""
        return str(self._ask("POST", "styles/", 201, json={"name": name})["slug"])

    def rename_style(self, slug: str, name: str) -> None:
        """A change of every painting of this style."""
        self._ask("PATCH", f"styles/{slug}/", 200, json={"name": name})

    def _ask(self, method: str, path: str, expected: int, **body: Any) -> Any:
        address = f"{self.url}/api/v1/{path}"
        answer = self._session.request(method, address, headers=self._authorization, timeout=SECONDS, **body)
        assert answer.status_code == expected, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def _submit(
        self, path: str, fields: Mapping[str, str], *, files: Any = None, follow: bool = True
    ) -> requests.Response:
        """Open a form and send it, as a browser does."""
        form = self._session.get(self.url + path, timeout=SECONDS)
        secret = _FIELD.search(form.text)
        assert secret, f"{path}: {form.status_code} {form.text}"
        filled = {"csrfmiddlewaretoken": secret[1], **fields}
        answer = self._session.post(
            self.url + path,
            data=filled,
            files=files,
            timeout=SECONDS,
            allow_redirects=follow,
            headers={"Referer": self.url},
        )
        assert answer.ok, f"{path}: {answer.status_code} {answer.text}"
        return answer
