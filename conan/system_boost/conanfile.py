import re

from conan import ConanFile
from conan.tools.files import load


class SystemBoost(ConanFile):
    """The Boost headers that the system has installed, under Conan's name for them: no remote is needed."""

    name = "boost"
    license = "BSL-1.0"
    options = {"header_only": [True]}
    default_options = {"header_only": True}

    def set_version(self):
        version = load(self, "/usr/include/boost/version.hpp")
        parts = re.search(r'#define BOOST_LIB_VERSION "(\w+)"', version).group(1).split("_")
        self.version = ".".join((parts + ["0"])[:3])   # "1_74" is 1.74.0

    def package_id(self):
        self.info.clear()

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "Boost")
        headers = self.cpp_info.components["headers"]
        headers.set_property("cmake_target_name", "Boost::headers")
        headers.includedirs, headers.bindirs, headers.libdirs = [], [], []   # /usr/include is searched anyway
