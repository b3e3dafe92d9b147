"""A description of the data files for programs that read interfaces: OpenAPI 3.1, every answer with its shape."""

from __future__ import annotations

from typing import Any, TypeAlias

from casebook.schema import Library
from casebook.views import package

Schema: TypeAlias = dict[str, Any]

#: Name of the JSON Schema of a case, beside the description.
CASE_SCHEMA = "case.schema.json"


def description(library: Library, base: str) -> Schema:
    """Return the description.

    Args:
        library: the schemas.
        base: address of the site's root with a slash at its end, empty where it is not known.
    """
    info, lang = library.info, library.languages[0]
    id_ = {"name": "id", "in": "path", "required": True, "schema": {"$ref": "#/components/schemas/Id"}}
    names = [*package.resources(library)]
    table = {"name": "table", "in": "path", "required": True, "schema": {"type": "string", "enum": names}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": info["title"][lang],
            "description": "\n\n".join(info["description"][each] for each in library.languages),
            "version": str(info["version"]),
            "license": {"name": info["license"]["name"], "url": info["license"]["path"]},
        },
        "servers": [{"url": f"{base}data" if base else "."}],
        "paths": {
            "/index.json": _get(
                "listCases",
                "全部案例的目录，next 是下一个文件 / index of all cases; next names the next file",
                {"$ref": "#/components/schemas/Index"},
            ),
            "/cases/{id}.json": {"parameters": [id_], **_get("getCase", "一个案例 / one case", {"$ref": CASE_SCHEMA})},
            f"/{CASE_SCHEMA}": _get("getCaseSchema", "案例的 JSON Schema / JSON Schema of a case", {"type": "object"}),
            "/datapackage.json": _get("getPackage", "数据包说明 / Frictionless data package", {"type": "object"}),
            "/{table}.csv": {
                "parameters": [table],
                **_get(
                    "getTable", "一张表，各栏见数据包说明 / one table; the data package says what its columns are", None
                ),
            },
        },
        "components": {"schemas": _schemas(library)},
    }


def _get(name: str, words: str, schema: Schema | None) -> Schema:
    content = {"application/json": {"schema": schema}} if schema else {"text/csv": {"schema": {"type": "string"}}}
    answers = {
        "200": {"description": words, "content": content},
        "404": {"description": "没有 / there is no such file"},
    }
    return {"get": {"operationId": name, "description": words, "responses": answers}}


def _schemas(library: Library) -> Schema:
    words = {lang: {"type": "string"} for lang in library.languages}
    text = {"type": "object", "properties": words, "required": list(library.languages)}
    case = {
        "id": {"$ref": "#/components/schemas/Id"},
        "title": {"$ref": "#/components/schemas/Words"},
        "lead": {"$ref": "#/components/schemas/Words"},
        "checked": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"},
        "answered": {"type": "integer", "minimum": 0, "maximum": len(library.questions)},
        "data": {"type": "string"},
        "page": {"type": "string"},
    }
    index = {
        "name": {"type": "string"},
        "license": {"type": "object"},
        "total": {"type": "integer", "minimum": 0},
        "next": {"type": ["string", "null"], "description": "下一个文件 / name of the file to go on with"},
        "cases": {"type": "array", "items": {"type": "object", "properties": case, "required": list(case)}},
        "withdrawn": {"type": "array", "items": {"$ref": "#/components/schemas/Id"}},
    }
    return {
        "Id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "Words": text,
        "Index": {"type": "object", "properties": index, "required": list(index)},
    }
