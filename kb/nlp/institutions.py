"""What kind of body an institution's name speaks of."""

from __future__ import annotations

from functools import lru_cache

from kb import authority
from kb.authority import norm

_PUBLIC_HEADS = frozenset(
    "badan bagian balai bapas bidang biro brimob dinas dirjen ditjen ditlantas ditpolairud "
    "ditreskrimsus ditreskrimum ditresnarkoba direktorat divisi dpr dprd dpra dprk dprp "
    "inspektorat kanwil kantor kcd kecamatan kejaksaan kejagung kejari kejati kelurahan "
    "kementerian kemenko kepolisian kodam kodim komisi koramil korem kpp kua lanal lanud lapas "
    "lpka mahkamah mako otoritas panwascam panwaslu pangkalan pemdes pemerintah pemkab pemkot "
    "pemprov pengadilan polda polres polresta polrestabes polsek puskesmas rsud rsup rutan samsat "
    "sat satbrimob satlantas satpol satreskrim satresnarkoba satuan sekretariat setda setwan sdn "
    "seksi smpn sman smkn sudin tni unit upt uptd urkes banggar bapemperda bamus fraksi humas "
    "subdit suku yonif brigif batalyon denpom detasemen rumah tahanan".split()
)
_PRIVATE_HEADS = frozenset(
    "asosiasi aliansi bank cv dpc dpd dpp dpw federasi forum gerakan himpunan hotel ikatan "
    "institut koperasi lbh lsm ma madrasah majelis organisasi paguyuban partai pc perhimpunan "
    "perkumpulan persatuan pondok ponpes pt pw rs serikat universitas univ yayasan politeknik "
    "sekolah stie stikes klub relawan komunitas karang pemuda lembaga kamar".split()
)
_PUBLIC_INSIDE = frozenset({"dprd", "dpr", "polda", "polres", "setda", "negeri", "kodim", "korem"})


@lru_cache(maxsize=20_000)
def is_public(name: str) -> bool:
    """True where posts in the institution ``name`` are public offices.

    The authority file decides where it knows the name, else the first word does. Parties,
    companies, associations, universities and private schools are not public.
    """
    words = norm(name).split()
    if not words:
        return False
    known = authority.load().institutions
    ids, size = known.match(words)
    if ids:
        item = known.get(ids[0])
        if item is not None:
            if item.id == "dpd-ri" and len(words) > size and words[1] != "ri":
                return False
            return item.public
    if words[0] in _PUBLIC_HEADS:
        return True
    if words[0] in _PRIVATE_HEADS:
        return any(word in _PUBLIC_INSIDE for word in words[1:]) and words[0] not in ("partai", "pt")
    return any(word in _PUBLIC_INSIDE for word in words)
